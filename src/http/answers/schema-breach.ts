import { SAFE_INTEGER } from '../../openapi/codecs/decoded.ts'
import { tokensOf, valueAt } from '../../openapi/json-pointer.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { RawViolation } from '../../openapi/validators/validator.ts'
import type { ValueValidator } from '../../openapi/validators/value-validator.ts'
import { show } from '../json-value.ts'

/** Where a value breaks its schema. */
export interface Breach {
  /** JSON Pointer into the value. */
  readonly at: string
  /** JSON Pointer to the rule in the document. */
  readonly rule: string
  readonly expected: string
  readonly actual: string
}

/** The most places that are listed of one value. */
export const MOST_BREACHES = 100
/** Longer lists are validated in parts of at least this length, so that validating stops where enough is wrong. */
const PART = 1000

/** Lists where the value breaks the schema, each place once, and so many places at most. */
export async function findBreaches(validate: ValueValidator, schema: Schema, value: unknown): Promise<Breach[]> {
  const found = new Map<string, Breach>()
  for (const { from, part } of partsOf(value)) {
    for (const violation of await validate(schema, part)) {
      if (found.size >= MOST_BREACHES) return [...found.values()]
      const path = shifted(violation.path, from)
      if (!found.has(path)) found.set(path, toBreach({ ...violation, path }, schema, value))
    }
  }
  return [...found.values()]
}

/** A long list in parts, none of which is short; any other value whole. */
function* partsOf(value: unknown): Generator<{ readonly from: number; readonly part: unknown }> {
  if (!Array.isArray(value) || value.length < 2 * PART) return yield { from: 0, part: value }
  for (let from = 0; from + PART <= value.length; from += PART) {
    const isLast = from + 2 * PART > value.length
    yield { from, part: value.slice(from, isLast ? undefined : from + PART) }
  }
}

/** The pointer into the whole list for one into a part of it. */
const shifted = (pointer: string, from: number) =>
  from === 0 ? pointer : pointer.replace(/^\/(\d+)/, (_, index: string) => `/${Number(index) + from}`)

/** Says of one keyword what the document expects, and where it says so. */
type Wording = (place: Place) => Pick<Breach, 'rule' | 'expected'>

interface Place {
  readonly at: string
  /** The schema of the value at this place. */
  readonly schema: Schema
  /** The schema of the object that has the place. */
  readonly parent: Schema
  /** The last token of the pointer. */
  readonly name: string
}

const ofType: Wording = ({ schema }) => ({ rule: schema.pointer, expected: withArticle(schema.type ?? 'value') })

const WORDINGS: Readonly<Record<string, Wording>> = {
  type: ofType,
  // The validator's own keyword for the type of dates.
  'x-eov-type': ofType,
  enum: ({ schema }) => ({ rule: schema.pointer, expected: `one of ${schema.enum?.join(', ')}` }),
  format: ({ schema }) => ({ rule: schema.pointer, expected: inFormat(schema.format ?? '') }),
  required: (place) =>
    place.at === ''
      ? ofType(place)
      : { rule: `${place.parent.pointer}/required`, expected: `the required ${place.name}` },
  additionalProperties: ({ parent }) => ({
    rule: `${parent.pointer}/additionalProperties`,
    expected: 'no property of this name',
  }),
}

function toBreach({ path: at, keyword, message }: RawViolation, schema: Schema, value: unknown): Breach {
  const tokens = tokensOf(at)
  const own = schemaAt(schema, tokens)
  const place = { at, schema: own, parent: schemaAt(schema, tokens.slice(0, -1)), name: tokens.at(-1) ?? '' }
  const worded = WORDINGS[keyword]?.(place) ?? {
    rule: `${own.pointer}/${keyword}`,
    expected: `a value that ${message}`,
  }
  return { at, ...worded, actual: show(valueAt(value, at)) }
}

/** The schema of a place in a value. */
function schemaAt(schema: Schema, [token, ...rest]: readonly string[]): Schema {
  if (token === undefined) return schema
  const child = Object.hasOwn(schema.properties, token) ? schema.properties[token] : undefined
  return schemaAt(child ?? schema.items ?? schema.additionalProperties ?? schema, rest)
}

const withArticle = (type: string) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

const FORMATS: Readonly<Record<string, string>> = {
  int32: `an int32, from ${-(2 ** 31)} to ${2 ** 31 - 1}`,
  int64: SAFE_INTEGER,
  'date-time': 'a date-time (RFC 3339, section 5.6)',
}

const inFormat = (format: string) => FORMATS[format] ?? `a value in the format ${format}`
