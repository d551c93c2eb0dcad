import { pick, type Stream } from '../../../fixtures/stream.ts'
import { isObject } from '../../../src/openapi/json-object.ts'
import type { Fields } from './records.ts'

const NO_TEXT = [5, 0, true, false, null, [], {}, ['a'], 1.5]
const NO_INTEGER = ['x', '', '5', 1.5, true, null, [], {}, [1]]
const NO_OBJECT = ['x', 5, true, [], [{}], null]
const NO_LIST = ['x', 5, {}, null, true]

/** Values that a field of the name must not have, by the document. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  ...Object.fromEntries(
    ['name', 'username', 'firstName', 'lastName', 'email', 'password', 'phone', 'validate'].map((name) => [
      name,
      NO_TEXT,
    ]),
  ),
  userStatus: [...NO_INTEGER, 2147483648, -2147483649, 1e300],
  photoUrls: [...NO_LIST, [5], ['a', null], [['a']]],
  category: [...NO_OBJECT, { name: 5 }, { name: null }],
  tags: [...NO_LIST, ['x'], [5], [null], [{ id: 'x' }], [{ name: 5 }], [{ id: 1, name: 'a' }, { id: 1.5 }]],
  status: ['solt', '', 'Available', 5, null, true, [], ['sold']],
  active: ['true', 0, 1, null, [], {}],
}

const WRONG_ID = { number: NO_INTEGER, text: NO_TEXT }

/** The record with one field of a wrong type, or without one that it must have. */
export function spoil(stream: Stream, record: Fields, id: keyof typeof WRONG_ID, required: readonly string[]): Fields {
  const names = Object.keys(record).filter((name) => name === 'id' || Object.hasOwn(WRONG, name))
  const missing = required.filter((name) => Object.hasOwn(record, name))
  const name = pick(stream, [...names, ...missing])
  if (missing.includes(name) && stream.next() < 0.5) return without(record, name)
  return { ...record, [name]: pick(stream, name === 'id' ? WRONG_ID[id] : (WRONG[name] ?? [null])) }
}

const without = (record: Fields, left: string): Fields =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== left))

/** JSON that is no object, where one must be. */
export const NO_RECORDS: readonly string[] = ['[]', '5', '"x"', 'true', 'null', '[{}]', '']

/** Text that is no JSON any more. */
export function breakJson(stream: Stream, json: string): string {
  const at = 1 + Math.floor(stream.next() * (json.length - 1))
  return pick(
    stream,
    [
      json.slice(0, at),
      `${json}}`,
      `${json} x`,
      json.replace(':', ' '),
      json.replace(',', ''),
      json.replace(',', ',,'),
      json.replace('"', "'"),
      `{"a":01,${json.slice(1)}`,
      `{"a":"\\x",${json.slice(1)}`,
      `{"a":"\t",${json.slice(1)}`,
      `{"a":tru,${json.slice(1)}`,
      `{"a":[1 2],${json.slice(1)}`,
      `{a:1,${json.slice(1)}`,
      `{"a":.5,${json.slice(1)}`,
    ].filter(isBroken),
  )
}

function isBroken(text: string): boolean {
  try {
    return !isObject(JSON.parse(text)) && !Array.isArray(JSON.parse(text))
  } catch {
    return true
  }
}
