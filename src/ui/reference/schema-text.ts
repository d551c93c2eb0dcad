import { resolve, type Schema, type Schemas } from '../form/schema.ts'

const REF = '#/components/schemas/'

/** A schema in a few words, such as `array of Pet` or `one of available, pending, sold`. */
export function schemaText(schema: Schema | undefined, schemas: Schemas): string {
  if (schema === undefined) return 'no schema'
  if (schema.$ref !== undefined) return schema.$ref.replace(REF, '')
  if (schema.enum) return `one of ${schema.enum.map(String).join(', ')}`
  if (schema.type === 'array') return `array of ${schemaText(schema.items, schemas)}`
  if (typeof schema.additionalProperties === 'object')
    return `map of ${schemaText(schema.additionalProperties, schemas)}`
  const { type = 'any value', format } = resolve(schema, schemas)
  return format === undefined ? type : `${type} (${format})`
}

/** The schemas that a text names, and those that they name in turn. */
export function namedIn(
  schema: Schema | undefined,
  schemas: Schemas,
  found: readonly string[] = [],
): readonly string[] {
  const name = schema?.$ref?.replace(REF, '')
  if (name !== undefined) return found.includes(name) ? found : namedIn(schemas[name], schemas, [...found, name])
  const inner = [schema?.items, ...Object.values(schema?.properties ?? {})].filter((one) => one !== undefined)
  return inner.reduce<readonly string[]>((all, one) => namedIn(one, schemas, all), found)
}
