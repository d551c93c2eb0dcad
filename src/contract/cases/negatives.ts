import { pointerTo } from '../../openapi/json-pointer.ts'
import type { Schema } from '../../openapi/schema.ts'
import { isObject } from '../schema-judge.ts'

/** A value that breaks the schema in one place, and what is wrong with it. */
export interface Negative {
  readonly about: string
  readonly value: unknown
}

/** Values that are the valid one but for one breach each: of the whole, then of each field at any depth. */
export function negativesOf(schema: Schema, valid: unknown): Negative[] {
  return [...wholes(schema, valid), ...breaches(schema, valid, '')]
}

function wholes(schema: Schema, valid: unknown): Negative[] {
  if (schema.type !== 'object') return []
  return [
    { about: 'null for the body', value: null },
    { about: 'text for the body', value: 'text' },
    { about: 'a list for the body', value: [valid] },
  ]
}

/** Breaches inside a value; each negative holds the whole value. */
function breaches(schema: Schema, valid: unknown, at: string): Negative[] {
  const { items } = schema
  if (schema.type === 'object') return objectBreaches(schema, isObject(valid) ? valid : {}, at)
  if (schema.type !== 'array' || !items) return []
  const [first, ...rest] = Array.isArray(valid) ? valid : [undefined]
  return itemBreaches(items, first, at).map(({ about, value }) => ({ about, value: [...rest, value] }))
}

function objectBreaches(schema: Schema, valid: Readonly<Record<string, unknown>>, at: string): Negative[] {
  const missing = schema.required.map((name) => ({
    about: `without ${pointerTo(at, name)}`,
    value: Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)),
  }))
  const fields = Object.entries(schema.properties).flatMap(([name, rule]) =>
    itemBreaches(rule, valid[name], pointerTo(at, name)).map(({ about, value }) => ({
      about,
      value: { ...valid, [name]: value },
    })),
  )
  return [...missing, ...fields]
}

const itemBreaches = (rule: Schema, valid: unknown, at: string): Negative[] => [
  ...wrongValues(rule, valid).map(({ about, value }) => ({ about: `${about} for ${at || 'an item'}`, value })),
  ...breaches(rule, valid, `${at}${rule.type === 'array' ? '/*' : ''}`),
]

const NULL: Negative = { about: 'null', value: null }

function wrongValues(rule: Schema, valid: unknown): Negative[] {
  switch (rule.type) {
    case 'string':
      return [
        { about: 'a number', value: 7 },
        { about: 'an object', value: {} },
        { about: 'a list', value: [valid ?? 'text'] },
        NULL,
        ...outsideEnum(rule.enum),
      ]
    case 'integer':
      return [
        { about: 'text of digits', value: String(valid ?? 1) },
        { about: 'a fraction', value: 1.5 },
        { about: 'true', value: true },
        NULL,
        ...outsideInt32(rule),
      ]
    case 'boolean':
      return [{ about: 'text', value: 'true' }, { about: 'a number', value: 1 }, NULL]
    case 'object':
      return [{ about: 'a list', value: [] }, { about: 'text', value: 'text' }, NULL]
    case 'array':
      return [{ about: 'text', value: 'text' }, { about: 'an object', value: {} }, NULL]
    default:
      return []
  }
}

function outsideEnum(allowed: readonly string[] | undefined): Negative[] {
  const [first] = allowed ?? []
  if (first === undefined) return []
  return [
    { about: 'a letter more than the enum', value: `${first}s` },
    { about: 'capitals of the enum', value: first.toUpperCase() },
    { about: 'no letter', value: '' },
  ]
}

const outsideInt32 = ({ format }: Schema): Negative[] =>
  format === 'int32'
    ? [
        { about: 'one above int32', value: 2 ** 31 },
        { about: 'one below int32', value: -(2 ** 31) - 1 },
      ]
    : []
