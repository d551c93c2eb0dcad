import { expect, test } from '@jest/globals'
import { bodyOfDraft, draftOf, textDraft, withField } from './draft.ts'
import type { Schemas } from './schema.ts'

const SCHEMAS: Schemas = {
  Pet: {
    type: 'object',
    required: ['name'],
    properties: {
      id: { type: 'integer' },
      name: { type: 'string' },
      weight: { type: 'number' },
      tame: { type: 'boolean' },
      status: { type: 'string', enum: ['sold', 'pending'] },
      category: { $ref: '#/components/schemas/Category' },
      tags: { type: 'array', items: { $ref: '#/components/schemas/Category' } },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      anything: {},
    },
  },
  Category: { type: 'object', properties: { name: { type: 'string' } } },
  Step: {
    type: 'object',
    additionalProperties: false,
    'x-schema-by-kind': { status: '#/components/schemas/StatusStep', delay: '#/components/schemas/DelayStep' },
    properties: { kind: { type: 'string', enum: ['status', 'delay'] } },
  },
  StatusStep: {
    type: 'object',
    additionalProperties: false,
    properties: { kind: { type: 'string', enum: ['status'] }, status: { type: 'integer' } },
  },
  DelayStep: {
    type: 'object',
    additionalProperties: false,
    properties: { kind: { type: 'string', enum: ['delay'] }, ms: { type: 'number' } },
  },
  Circle: { $ref: '#/components/schemas/Circle' },
}
const PET = { $ref: '#/components/schemas/Pet' }

test.each([
  [
    'a whole record',
    { id: 1, name: 'a', weight: 1.5, tame: true, status: 'sold', category: { name: 'b' }, tags: [{ name: 'c' }] },
  ],
  ['texts that are empty', { name: '', category: { name: '' } }],
  ['parts that are empty', { name: 'a', category: {}, tags: [] }],
  ['members that the schema does not name', { name: 'a', nickname: 'x', deep: { list: [1, null] } }],
  ['a text that looks like JSON', { name: '{"a":1}', headers: { a: '1' } }],
  ['any value', { anything: [1, { b: null }] }],
  ['__proto__ as a member', JSON.parse('{"name":"a","__proto__":{"x":1}}')],
])('a form that nobody touched sends what it was given: %s', (_what, value) => {
  expect(JSON.stringify(bodyOfDraft(draftOf(value, PET, SCHEMAS), PET, SCHEMAS))).toBe(JSON.stringify(value))
})

test.each([
  ['a number', { id: '7' }, { id: 7 }],
  ['a text that is no number', { id: '7x' }, { id: '7x' }],
  ['an integer that JavaScript would round', { id: '9007199254740993' }, { id: '9007199254740993' }],
  ['a number that is one in another spelling', { weight: '1.5e2' }, { weight: 150 }],
  ['an integer that is too large in any spelling', { id: '9.007199254740993e15' }, { id: '9.007199254740993e15' }],
  ['a number that is none to JavaScript', { weight: '1e400' }, { weight: '1e400' }],
  [
    'JSON whose number would be another',
    { anything: '[{"a":9007199254740993}]' },
    { anything: '[{"a":9007199254740993}]' },
  ],
  ['JSON with such a number in a text', { anything: '["\\"9007199254740993"]' }, { anything: ['"9007199254740993'] }],
  ['a number with zeros before it', { id: '007' }, { id: '007' }],
  ['a boolean', { tame: 'false' }, { tame: false }],
  ['a text that is no boolean', { tame: 'maybe' }, { tame: 'maybe' }],
  ['JSON', { anything: '[1]' }, { anything: [1] }],
  ['a text that is no JSON', { anything: '[1' }, { anything: '[1' }],
])('what is typed is sent as %s', (_what, typed, body) => {
  const fields = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, textDraft(text)]))
  expect(bodyOfDraft({ tag: 'object', fields }, PET, SCHEMAS)).toEqual(body)
})

test('an object disappears with its last field', () => {
  const draft = withField(undefined, 'name', textDraft('a'))
  expect(withField(draft, 'name', undefined)).toBeUndefined()
})

test('the kind of a step selects its fields; those of another kind are not sent, and not lost', () => {
  const step = { $ref: '#/components/schemas/Step' }
  const draft = draftOf({ kind: 'status', status: 500 }, step, SCHEMAS)
  const changed = withField(draft, 'kind', textDraft('delay'))
  expect(bodyOfDraft(changed, step, SCHEMAS)).toEqual({ kind: 'delay' })
  expect(bodyOfDraft(withField(changed, 'kind', textDraft('status')), step, SCHEMAS)).toEqual({
    kind: 'status',
    status: 500,
  })
})

test('a schema that refers to itself takes any value', () => {
  expect(bodyOfDraft(textDraft('{"a":1}'), { $ref: '#/components/schemas/Circle' }, SCHEMAS)).toEqual({ a: 1 })
})
