import { DocumentError } from './document-error.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { pointerTo } from './json-pointer.ts'
import { plainText } from './plain-text.ts'
import { follow } from './reference.ts'
import type { Schema } from './schema.ts'
import { requireSupported } from './schema-keywords.ts'

/** Reads a schema and all below it, following references. Recursive schemas are refused: this API has none. */
export function readSchema(root: JsonObject, node: unknown, pointer: string, trail: readonly string[] = []): Schema {
  const found = follow(root, node, pointer)
  const known = read.get(found.node)
  if (known?.pointer === found.pointer) return known
  const schema = readNode(root, found, trail)
  read.set(found.node, schema)
  return schema
}

/** Schemas by node: most references lead to the same few. */
const read = new WeakMap<object, Schema>()

function readNode(root: JsonObject, found: ReturnType<typeof follow>, trail: readonly string[]): Schema {
  if (trail.includes(found.pointer))
    throw new DocumentError(`The schema at ${found.pointer} contains itself, which is not supported.`, found.pointer)
  requireSupported(found.node, found.pointer)
  const path = [...trail, found.pointer]
  const readChild = (child: unknown, ...tokens: string[]) =>
    readSchema(root, child, tokens.reduce(pointerTo, found.pointer), path)
  const {
    type,
    format,
    enum: values,
    required,
    properties,
    items,
    additionalProperties,
    default: fallback,
    example,
  } = found.node
  const name = /^\/components\/schemas\/([^/]+)$/.exec(found.pointer)?.[1]
  return {
    pointer: found.pointer,
    required: (required ?? []) as string[],
    properties: Object.fromEntries(
      Object.entries((properties ?? {}) as JsonObject).map(([key, child]) => [
        key,
        readChild(child, 'properties', key),
      ]),
    ),
    ...(name && { name }),
    ...(type !== undefined && { type: type as NonNullable<Schema['type']> }),
    ...(format !== undefined && { format: plainText(format) }),
    ...(values !== undefined && { enum: values as string[] }),
    ...(items !== undefined && { items: readChild(items, 'items') }),
    ...(additionalProperties === false && { closed: true }),
    ...(isObject(additionalProperties) && {
      additionalProperties: readChild(additionalProperties, 'additionalProperties'),
    }),
    ...(fallback !== undefined && { default: fallback }),
    ...(example !== undefined && { example }),
  }
}

/** Reads every schema under `components/schemas`. */
export function readComponents(root: JsonObject): Record<string, Schema> {
  const { schemas } = (root.components ?? {}) as { schemas?: JsonObject }
  const entries = Object.keys(schemas ?? {}).map((name) => {
    const pointer = `/components/schemas/${name}`
    return [name, readSchema(root, { $ref: `#${pointer}` }, pointer)] as const
  })
  return Object.fromEntries(entries)
}
