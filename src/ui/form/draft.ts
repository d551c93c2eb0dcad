import { controlOf, resolve, type Schema, type Schemas, schemaForKind } from './schema.ts'

/** A value as it is being typed: scalars are texts, so that nothing typed is lost. Undefined stands for a value that is absent. */
export type Draft =
  | { readonly tag: 'text'; readonly text: string }
  | { readonly tag: 'object'; readonly fields: Readonly<Record<string, Draft | undefined>> }
  | { readonly tag: 'map'; readonly pairs: readonly Pair[] }
  | { readonly tag: 'list'; readonly items: readonly (Draft | undefined)[] }

export interface Pair {
  readonly name: string
  readonly value: Draft | undefined
}

export const textDraft = (text: string): Draft => ({ tag: 'text', text })

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The draft of a value. A value that does not fit its schema is edited as JSON. */
export function draftOf(value: unknown, given: Schema, schemas: Schemas): Draft | undefined {
  if (value === undefined) return undefined
  const schema = resolve(given, schemas)
  const control = controlOf(schema)
  if (control === 'object' && isObject(value)) return objectDraft(value, schema, schemas)
  if (control === 'map' && isObject(value))
    return { tag: 'map', pairs: Object.entries(value).map(([name, one]) => ({ name, value: textDraft(String(one)) })) }
  if (control === 'list' && Array.isArray(value))
    return { tag: 'list', items: value.map((item) => draftOf(item, schema.items ?? {}, schemas)) }
  const isPlain =
    control !== 'json' && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
  return textDraft(isPlain ? String(value) : JSON.stringify(value, undefined, 2))
}

/** Members that the schema does not name are kept as JSON. */
function objectDraft(value: Readonly<Record<string, unknown>>, schema: Schema, schemas: Schemas): Draft {
  const fields = Object.entries(value).map(([name, member]) => [
    name,
    draftOf(member, schema.properties?.[name] ?? {}, schemas),
  ])
  return { tag: 'object', fields: Object.fromEntries(fields) }
}

/** The value of a draft. A text that is no value of its type stays a text: the mock's validation says what is wrong. */
export function bodyOfDraft(draft: Draft | undefined, given: Schema, schemas: Schemas): unknown {
  if (draft === undefined) return undefined
  const schema = resolve(given, schemas)
  switch (draft.tag) {
    case 'object':
      return objectValue(draft.fields, forKind(schema, draft.fields, schemas), schemas)
    case 'map':
      return Object.fromEntries(
        draft.pairs.map(({ name, value }) => [name, bodyOfDraft(value, mapItem(schema), schemas) ?? '']),
      )
    case 'list':
      return draft.items.map((item) => bodyOfDraft(item, schema.items ?? {}, schemas) ?? emptyOf(schema.items, schemas))
    case 'text':
      return scalarOf(draft.text, schema)
  }
}

/** An item that was added and not filled in. */
const emptyOf = (schema: Schema = {}, schemas: Schemas): unknown =>
  controlOf(resolve(schema, schemas)) === 'object' ? {} : ''

const mapItem = ({ additionalProperties }: Schema): Schema =>
  typeof additionalProperties === 'object' ? additionalProperties : {}

/** The schema that holds for an object: of its kind, where it has one. */
export function forKind(schema: Schema, fields: Readonly<Record<string, Draft | undefined>>, schemas: Schemas): Schema {
  const kind = fields.kind
  return schemaForKind(schema, kind?.tag === 'text' ? kind.text : '', schemas)
}

function objectValue(fields: Readonly<Record<string, Draft | undefined>>, schema: Schema, schemas: Schemas): unknown {
  // Fields of another kind, which was chosen before, are not sent.
  const isSent = (name: string) => schema.properties?.[name] !== undefined || schema.additionalProperties !== false
  const entries = Object.entries(fields)
    .filter(([name]) => isSent(name))
    .map(([name, field]) => [name, bodyOfDraft(field, schema.properties?.[name] ?? {}, schemas)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

function scalarOf(text: string, schema: Schema): unknown {
  const control = controlOf(schema)
  if (control === 'number') return NUMBER.test(text.trim()) && isExact(text.trim()) ? Number(text) : text
  if (control === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (control === 'choice') return schema.enum?.find((value) => String(value) === text) ?? text
  return control === 'text' ? text : jsonOr(text)
}

/** A number that JavaScript would round, or take for infinite, is not sent as another one. */
function isExact(text: string): boolean {
  const value = Number(text)
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

/** The value of a text that is JSON; else, and where a number in it would become another one, the text itself. */
function jsonOr(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    const numbers = text.replace(STRINGS, '').match(NUMBERS) ?? []
    return numbers.every(isExact) ? value : text
  } catch {
    return text
  }
}

const STRINGS = /"(?:\\.|[^"\\])*"/g
const NUMBERS = /-?\d[\d.eE+-]*/g

/** An object or list with a change; it disappears when it is not required and nothing is left in it. */
export function withField(draft: Draft | undefined, name: string, field: Draft | undefined): Draft | undefined {
  const before = draft?.tag === 'object' ? draft.fields : {}
  const fields = Object.fromEntries(
    Object.entries({ ...before, [name]: field }).filter(([, value]) => value !== undefined),
  )
  return Object.keys(fields).length === 0 ? undefined : { tag: 'object', fields }
}

/** The text of a member as it is typed; '' if it has none. */
export function textOfField(draft: Draft | undefined, name: string): string {
  const field = draft?.tag === 'object' ? draft.fields[name] : undefined
  return field?.tag === 'text' ? field.text : ''
}
