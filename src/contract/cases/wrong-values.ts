import { isObject } from '../../openapi/json-object.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import type { Schema } from '../../openapi/schema.ts'

/** A value that breaks its schema in one place, and how. */
export interface WrongValue {
  readonly about: string
  readonly value: unknown
}

/** Gives values that a schema without parts does not allow; `valid` is one that it allows. */
type WrongLeaves = (schema: Schema, valid: unknown) => readonly WrongValue[]

/** JSON values with one breach each: of the whole value, then of each field at any depth. */
export const wrongValues = (schema: Schema, valid: unknown): WrongValue[] => [
  ...wrongWholes(schema, valid),
  ...breaches(schema, valid, '', wrongJson),
]

/** Values whose texts break the schema of one field each, for forms and XML, where every value is a text. */
export const wrongFields = (schema: Schema, valid: unknown): WrongValue[] => breaches(schema, valid, '', wrongTexts)

function wrongWholes(schema: Schema, valid: unknown): WrongValue[] {
  if (schema.type !== 'object')
    return wrongJson(schema, valid).map(({ about, value }) => ({ about: `${about} for the body`, value }))
  return [
    { about: 'null for the body', value: null },
    { about: 'text for the body', value: 'text' },
    { about: 'a list for the body', value: [valid] },
  ]
}

/** Breaches inside a value; each result holds the whole value. */
function breaches(schema: Schema, valid: unknown, at: string, wrong: WrongLeaves): WrongValue[] {
  const { items } = schema
  if (schema.type === 'object') return objectBreaches(schema, isObject(valid) ? valid : {}, at, wrong)
  if (schema.type !== 'array' || !items) return []
  const [first, ...rest] = Array.isArray(valid) ? valid : [undefined]
  return childBreaches(items, first, at, wrong).map(({ about, value }) => ({ about, value: [...rest, value] }))
}

function objectBreaches(
  schema: Schema,
  valid: Readonly<Record<string, unknown>>,
  at: string,
  wrong: WrongLeaves,
): WrongValue[] {
  const missing = schema.required.map((name) => ({
    about: `without ${pointerTo(at, name)}`,
    value: Object.fromEntries(Object.entries(valid).filter(([key]) => key !== name)),
  }))
  const fields = Object.entries(schema.properties).flatMap(([name, child]) =>
    childBreaches(child, valid[name], pointerTo(at, name), wrong).map(({ about, value }) => ({
      about,
      value: { ...valid, [name]: value },
    })),
  )
  return [...missing, ...fields]
}

const childBreaches = (schema: Schema, valid: unknown, at: string, wrong: WrongLeaves): WrongValue[] => [
  ...wrong(schema, valid).map(({ about, value }) => ({ about: `${about} for ${at || 'an item'}`, value })),
  ...breaches(schema, valid, `${at}${schema.type === 'array' ? '/*' : ''}`, wrong),
]

const NULL: WrongValue = { about: 'null', value: null }
const TEXT: WrongValue = { about: 'text', value: 'text' }

function wrongJson(schema: Schema, valid: unknown): readonly WrongValue[] {
  switch (schema.type) {
    case 'string':
      return [
        { about: 'a number', value: 7 },
        { about: 'an object', value: {} },
        { about: 'a list', value: [valid ?? 'text'] },
        NULL,
        ...outsideEnum(schema),
      ]
    case 'integer':
      return [
        { about: 'text of digits', value: String(valid ?? 1) },
        { about: 'a fraction', value: 1.5 },
        { about: 'true', value: true },
        { about: 'an object', value: {} },
        { about: 'a list', value: [valid ?? 1] },
        NULL,
        ...outsideInt32(schema),
      ]
    case 'number':
      return [
        { about: 'text of digits', value: String(valid ?? 1) },
        { about: 'true', value: true },
        { about: 'an object', value: {} },
        NULL,
      ]
    case 'boolean':
      return [
        { about: 'text', value: 'true' },
        { about: 'a number', value: 1 },
        { about: 'an object', value: {} },
        NULL,
      ]
    case 'object':
      return [{ about: 'a list', value: [] }, TEXT, NULL]
    case 'array':
      return [TEXT, { about: 'an object', value: {} }, NULL]
    default:
      return []
  }
}

/** Texts that the schema of a parameter, a form's field or an XML element does not allow. Any text is a string; an empty one often counts as none. */
export function wrongTexts(schema: Schema, valid: unknown): readonly WrongValue[] {
  switch (schema.type) {
    case 'string':
      return outsideEnum(schema).filter(({ value }) => value !== '')
    case 'integer':
      return [
        { about: 'letters', value: 'abc' },
        { about: 'letters after digits', value: `${valid}abc` },
        { about: 'a fraction', value: `${valid}.5` },
        ...(schema.format ? [{ about: 'an integer beyond int64', value: '99999999999999999999' }] : []),
        ...outsideInt32(schema),
      ]
    case 'number':
      return [{ about: 'letters', value: 'abc' }]
    case 'boolean':
      return [
        { about: 'letters', value: 'perhaps' },
        { about: 'a number', value: '7' },
      ]
    default:
      return []
  }
}

function outsideEnum({ enum: allowed }: Schema): WrongValue[] {
  const [first] = allowed ?? []
  if (first === undefined) return []
  return [
    { about: 'a letter more than the enum', value: `${first}s` },
    { about: 'capitals of the enum', value: first.toUpperCase() },
    { about: 'no letter', value: '' },
  ]
}

const outsideInt32 = ({ format }: Schema): WrongValue[] =>
  format === 'int32'
    ? [
        { about: 'one above int32', value: 2 ** 31 },
        { about: 'one below int32', value: -(2 ** 31) - 1 },
      ]
    : []
