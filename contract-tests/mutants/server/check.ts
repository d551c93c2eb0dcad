import type { ObjectSchema, Schema } from './schemas.ts'

/** Where a value breaks its schema; `pointer` is a JSON pointer into it. */
export interface Breach {
  readonly pointer: string
  readonly expected: string
}

/** Lists every breach; none means that the value is valid. */
export function check(value: unknown, schema: Schema, pointer = ''): Breach[] {
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return [{ pointer, expected: 'an array' }]
      return value.flatMap((item, index) => check(item, schema.items, `${pointer}/${index}`))
    case 'object':
      return checkObject(value, schema, pointer)
    default:
      return isScalar(value, schema) ? [] : [{ pointer, expected: schema.type }]
  }
}

function checkObject(value: unknown, { properties, required }: ObjectSchema, pointer: string): Breach[] {
  if (!isRecord(value)) return [{ pointer, expected: 'an object' }]
  const missing = required.filter((name) => !Object.hasOwn(value, name))
  const present = Object.entries(properties).filter(([name]) => Object.hasOwn(value, name))
  return [
    ...missing.map((name) => ({ pointer: `${pointer}/${name}`, expected: 'a value' })),
    ...present.flatMap(([name, property]) => check(value[name], property, `${pointer}/${name}`)),
  ]
}

function isScalar(value: unknown, schema: Schema): boolean {
  switch (schema.type) {
    case 'integer':
      return Number.isSafeInteger(value) && (schema.bits === 64 || (Number(value) | 0) === value)
    case 'string':
      return typeof value === 'string' && (schema.values === undefined || schema.values.includes(value))
    default:
      return typeof value === schema.type
  }
}

/** Keeps only what the schema names, at every depth, in the schema's order. The value must be valid. */
export function project(value: unknown, schema: Schema): unknown {
  if (schema.type === 'array') return Array.isArray(value) ? value.map((item) => project(item, schema.items)) : value
  if (schema.type !== 'object' || !isRecord(value)) return value
  const kept = Object.entries(schema.properties).filter(([name]) => Object.hasOwn(value, name))
  return Object.fromEntries(kept.map(([name, property]) => [name, project(value[name], property)]))
}

/** Tells an object from arrays, null and scalars. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
