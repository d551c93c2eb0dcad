import type { Schema } from './schema.ts'

/** Describes the values of a schema in words: `one of available, pending, sold`, `integer (int64)`, `array of string`. */
export function describe(schema: Schema): string {
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.type === 'array') return schema.items ? `array of ${describe(schema.items)}` : 'array'
  const type = schema.type ?? 'any value'
  if (schema.format) return `${type} (${schema.format})`
  return schema.name ? `${type} (${schema.name})` : type
}
