import { pointerTo } from '../json-pointer.ts'
import { setProperty } from '../own-property.ts'
import type { Schema } from '../schema.ts'
import { addBounded, isFull } from '../violation-limit.ts'

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

/** The JSON Pointers of the properties that `project` leaves out; the first of them, if there are many. */
export function unknownMembers(value: unknown, schema: Schema, pointer = '', found: string[] = []): readonly string[] {
  if (isFull(found) || value === null || typeof value !== 'object') return found
  if (Array.isArray(value)) return unknownInItems(value, schema, pointer, found)
  if (schema.type !== 'object' || schema.additionalProperties) return found
  for (const name of Object.keys(value)) {
    const known = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    const member: unknown = Reflect.get(value, name)
    if (known === undefined) addBounded(found, pointerTo(pointer, name))
    else if (typeof member === 'object') unknownMembers(member, known, pointerTo(pointer, name), found)
  }
  return found
}

function unknownInItems(list: readonly unknown[], { items }: Schema, pointer: string, found: string[]) {
  if (items) for (const [index, item] of list.entries()) unknownMembers(item, items, pointerTo(pointer, index), found)
  return found
}
