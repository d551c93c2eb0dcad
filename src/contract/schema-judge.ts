import { isDateTime } from '../openapi/formats.ts'
import { pointerTo } from '../openapi/json-pointer.ts'
import type { Schema } from '../openapi/schema.ts'

/** Where a value breaks a schema. `at` points into the value; `rule` is where the document says so. */
export interface Breach {
  readonly at: string
  readonly rule: string
  readonly expected: string
  readonly actual: string
}

const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 }

/** Every breach of the schema, none for a valid value. Properties that the document does not name are fine. */
export function judgeValue(value: unknown, schema: Schema, at = ''): Breach[] {
  const breach = (expected: string): Breach[] => [{ at, rule: schema.pointer, expected, actual: show(value) }]
  switch (schema.type) {
    case 'object':
      return isObject(value) ? judgeObject(value, schema, at) : breach('an object')
    case 'array':
      return Array.isArray(value) ? judgeItems(value, schema, at) : breach('an array')
    case 'integer':
      return judgeInteger(value, schema, breach)
    case 'string':
      return judgeString(value, schema, breach)
    case undefined:
      return []
    default:
      return typeof value === schema.type ? [] : breach(`a ${schema.type}`)
  }
}

/** Tells an object from arrays, null and scalars. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function judgeObject(value: Readonly<Record<string, unknown>>, schema: Schema, at: string): Breach[] {
  const missing = schema.required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({
      at: pointerTo(at, name),
      rule: `${schema.pointer}/required`,
      expected: `the required ${name}`,
      actual: 'nothing',
    }))
  const present = Object.entries(value).flatMap(([name, child]) => {
    const rule = Object.hasOwn(schema.properties, name) ? schema.properties[name] : schema.additionalProperties
    return rule ? judgeValue(child, rule, pointerTo(at, name)) : []
  })
  return [...missing, ...present]
}

function judgeItems(items: readonly unknown[], { items: rule }: Schema, at: string): Breach[] {
  return rule ? items.flatMap((item, index) => judgeValue(item, rule, pointerTo(at, index))) : []
}

function judgeInteger(value: unknown, { format }: Schema, breach: (expected: string) => Breach[]): Breach[] {
  if (!Number.isInteger(value)) return breach('an integer')
  const isInRange = format !== 'int32' || (Number(value) >= INT32.least && Number(value) <= INT32.most)
  return isInRange ? [] : breach(`an int32, from ${INT32.least} to ${INT32.most}`)
}

function judgeString(value: unknown, { enum: allowed, format }: Schema, breach: (expected: string) => Breach[]) {
  if (typeof value !== 'string') return breach('a string')
  if (allowed && !allowed.includes(value)) return breach(`one of ${allowed.join(', ')}`)
  return format === 'date-time' && !isDateTime(value) ? breach('a date-time (RFC 3339, section 5.6)') : []
}

const SHOWN = 120

/** A value as a finding shows it. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
}
