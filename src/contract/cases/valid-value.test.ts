import { expect, test } from '@jest/globals'
import { loadDocument, parseForeign } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import type { Schema } from '../../openapi/schema.ts'
import { requiredOnly, schemasWithExamples, type ValueSource, validValue } from '../../openapi/valid-value.ts'
import { valueValidatorOf } from '../../openapi/validators/value-validator.ts'
import { wrongFields, wrongValues } from './wrong-values.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const validate = valueValidatorOf(document)
const plain = { document, prefix: 'Ct1x', seed: 1 }
const schemas = Object.entries(document.schemas)

const trust = async (source: typeof plain, schema: Schema): Promise<ValueSource> => ({
  ...source,
  trusted: await schemasWithExamples(valueValidatorOf(source.document), source, [schema]),
})

test.each(schemas)('a value made for %s conforms to it, and so does the smallest', async (_name, schema) => {
  for (const source of [await trust(plain, schema), { ...plain, trusted: new Set<Schema>() }]) {
    const value = validValue(source, schema)
    expect(await validate(schema, value)).toEqual([])
    expect(await validate(schema, requiredOnly(schema, value))).toEqual([])
  }
})

test.each(schemas)('every wrong value of %s breaks it, each in its own way', async (_name, schema) => {
  const wrong = wrongValues(schema, validValue(await trust(plain, schema), schema))
  for (const { value } of wrong) expect(await validate(schema, value)).not.toEqual([])
  expect(new Set(wrong.map(({ about }) => about)).size).toBe(wrong.length)
})

/** A schema of a document with one operation, by its YAML. */
function schemaOf(yaml: string): { readonly schema: Schema; readonly source: typeof plain } {
  const text = `openapi: 3.0.3
info: { title: t, version: '1' }
servers: [{ url: http://127.0.0.1/v2 }]
paths: {}
components: { schemas: { It: ${yaml} } }`
  const other = parseForeign(text, 'it.yaml')
  const schema = other.schemas.It
  if (!schema) throw new Error('The document has no schema It.')
  return { schema, source: { ...plain, document: other } }
}

test.each<[string, unknown]>([
  ['{ type: integer, minimum: 1000 }', 1000],
  ['{ type: integer, minimum: 3, maximum: 4, exclusiveMinimum: true }', 4],
  ['{ type: integer, maximum: 0 }', 0],
  ['{ type: integer, multipleOf: 10 }', 10],
  ['{ type: string, minLength: 6 }', 'Ct1xxx'],
  ['{ type: string, maxLength: 2 }', 'Ct'],
  ['{ type: array, minItems: 2, items: { type: boolean } }', [true, true]],
  ['{ type: string, format: date-time }', '2030-01-02T03:04:05Z'],
  ['{ type: string, pattern: "^a$", example: a }', 'a'],
  ['{ type: string, default: given }', 'given'],
  ['{ type: object, properties: { email: { type: string } } }', { email: 'ct1x@mail.example' }],
])('%s is given %j', async (yaml, value) => {
  const { schema, source: own } = schemaOf(yaml)
  expect(validValue(await trust(own, schema), schema)).toEqual(value)
})

test('an example that breaks its schema is not sent', async () => {
  const { schema, source: own } = schemaOf('{ type: integer, example: seven }')
  expect(validValue(await trust(own, schema), schema)).toBe(2)
})

test('a list and a text are wrong as a whole too', () => {
  const { schema } = schemaOf('{ type: array, items: { type: boolean } }')
  expect(wrongValues(schema, [true]).map(({ about }) => about)).toEqual([
    ...['text for the body', 'an object for the body', 'null for the body'],
    ...['text for an item', 'a number for an item', 'an object for an item', 'null for an item'],
  ])
})

test('in forms and XML only what is no text of the type is wrong', () => {
  const { schema } = schemaOf(
    '{ type: object, required: [name], properties: { name: { type: string }, level: { type: integer }, of: { type: string, enum: [a, b] } } }',
  )
  expect(wrongFields(schema, { name: 'n', level: 3, of: 'a' }).map(({ about }) => about)).toEqual([
    'without /name',
    'letters for /level',
    'letters after digits for /level',
    'a fraction for /level',
    'a letter more than the enum for /of',
    'capitals of the enum for /of',
  ])
})
