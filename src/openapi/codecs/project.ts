import { pointerTo } from '../json-pointer.ts'
import { setProperty } from '../own-property.ts'
import type { Schema } from '../schema.ts'

/** Keeps what the document knows of a valid value: properties that no schema names are left out. */
export function project(value: unknown, schema: Schema): unknown {
  const { items } = schema
  if (Array.isArray(value)) return items ? value.map((item) => project(item, items)) : value
  if (value === null || typeof value !== 'object' || schema.type !== 'object' || schema.additionalProperties)
    return value
  const known: Record<string, unknown> = {}
  for (const [name, child] of Object.entries(schema.properties))
    if (Object.hasOwn(value, name)) setProperty(known, name, project(Reflect.get(value, name), child))
  return known
}

/** The JSON Pointers of the properties that `project` leaves out. */
export function unknownMembers(value: unknown, schema: Schema, pointer = ''): string[] {
  const { items } = schema
  if (Array.isArray(value))
    return items ? value.flatMap((item, index) => unknownMembers(item, items, pointerTo(pointer, index))) : []
  if (value === null || typeof value !== 'object' || schema.type !== 'object' || schema.additionalProperties) return []
  return Object.entries(value).flatMap(([name, child]) => {
    const at = pointerTo(pointer, name)
    const known = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    return known ? unknownMembers(child, known, at) : [at]
  })
}
