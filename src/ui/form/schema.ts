/** The part of an OpenAPI schema that forms are made of. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly additionalProperties?: boolean | Schema
  readonly 'x-schema-by-kind'?: Readonly<Record<string, string>>
  readonly 'x-operation-id'?: boolean
  /** True for a value that is not shown while it is typed. */
  readonly 'x-secret'?: boolean
}

/** Schemas by their names in `#/components/schemas`. */
export type Schemas = Readonly<Record<string, Schema>>

const PREFIX = '#/components/schemas/'

/** The schema behind a reference. A circle or a name that is missing gives a schema for anything. */
export function resolve(schema: Schema, schemas: Schemas, depth = 0): Schema {
  if (schema.$ref === undefined) return schema
  const target = schema.$ref.startsWith(PREFIX) ? schemas[schema.$ref.slice(PREFIX.length)] : undefined
  return target && depth < 20 ? resolve(target, schemas, depth + 1) : {}
}

/** The control that a value of a schema is edited with. */
export type Control = 'text' | 'number' | 'boolean' | 'choice' | 'object' | 'map' | 'list' | 'json'

export function controlOf(schema: Schema): Control {
  if (schema.enum !== undefined) return 'choice'
  if (schema.type === 'string') return 'text'
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type === 'array' && schema.items) return 'list'
  if (schema.properties) return 'object'
  if (typeof schema.additionalProperties === 'object') return 'map'
  return 'json'
}

/** A schema with a kind for each step takes the properties of the kind that is chosen. */
export function schemaForKind(schema: Schema, kind: string, schemas: Schemas): Schema {
  const $ref = schema['x-schema-by-kind']?.[kind]
  if ($ref === undefined) return schema
  const own = resolve({ $ref }, schemas)
  const kinds = schema.properties?.kind
  return { ...own, properties: { ...own.properties, ...(kinds && { kind: kinds }) } }
}
