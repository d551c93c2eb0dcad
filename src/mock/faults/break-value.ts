import type { Schema } from '../../openapi/schema.ts'
import type { BreakWay } from './fault.ts'

/** The medium that must still show the break: XML has no types and no null. */
export type Medium = 'json' | 'xml'

/** Makes a value that conforms to a schema break it. */
export type Breaker = (value: unknown) => unknown

/** Breaks one value that is no list; undefined if nothing in the schema can be broken in this way. */
type Way = (schema: Schema, medium: Medium) => Breaker | undefined

/** How to break values of a schema in this way, or undefined if it has nothing to break. In a list the first item is broken. */
export function breakerOf(schema: Schema, way: BreakWay, medium: Medium): Breaker | undefined {
  if (schema.type !== 'array' || !schema.items || way === 'wrong-root') return WAYS[way](schema, medium)
  const breakItem = breakerOf(schema.items, way, medium)
  return breakItem && ((value) => [breakItem((value as unknown[])[0] ?? {}), ...(value as unknown[]).slice(1)])
}

/** In XML a wrong root is one of another name; the document names none for a list. */
const WAYS: Readonly<Record<BreakWay, Way>> = {
  'missing-required': ({ required, properties }) => {
    const name = required.find((candidate) => properties[candidate]?.type !== 'array')
    return name === undefined ? undefined : (value) => ({ ...(value as object), [name]: undefined })
  },
  'wrong-type': (schema, medium) =>
    replace(schema, isNotText, 'of the wrong type') ?? (medium === 'json' ? replace(schema, isText, 0) : undefined),
  null: (schema, medium) => (medium === 'json' ? replace(schema, () => true, null) : replace(schema, isNotText, '')),
  enum: (schema) => replace(schema, (child) => child.enum !== undefined, 'not in the enum'),
  'wrong-root': (schema, medium) =>
    medium === 'xml' && schema.type === 'array'
      ? undefined
      : (value) => (Array.isArray(value) ? { items: value } : [value]),
}

/** The ways there are. */
export const BREAK_WAYS = Object.keys(WAYS) as BreakWay[]

const isText = ({ type }: Schema) => type === 'string'
const isNotText = ({ type = 'string' }: Schema) => ['integer', 'number', 'boolean'].includes(type)

/** Replaces the value, or its first property whose schema fits. An absent property is added, so that the break is sure. */
function replace(schema: Schema, fits: (schema: Schema) => boolean, by: unknown): Breaker | undefined {
  if (schema.type !== 'object') return fits(schema) ? () => by : undefined
  const { properties, additionalProperties } = schema
  const children = [
    ...Object.entries(properties),
    ...(additionalProperties ? [['added', additionalProperties] as const] : []),
  ]
  const place = children.find(([, child]) => fits(child))?.[0]
  return place === undefined ? undefined : (value) => ({ ...(value as object), [place]: by })
}
