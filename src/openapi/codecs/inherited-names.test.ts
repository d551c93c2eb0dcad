import { expect, test } from '@jest/globals'
import type { Schema } from '../schema.ts'
import { project } from './project.ts'
import { readForm } from './read-form.ts'
import { readMultipart } from './read-multipart.ts'
import { readXml } from './read-xml.ts'
import { writeXml } from './write-xml.ts'

const INHERITED = Object.getOwnPropertyNames(Object.prototype)
const text: Schema = { pointer: '', type: 'string', required: [], properties: {} }

/** A record with one property, whose name every object inherits. */
const recordWith = (name: string, property: Schema = text): Schema => ({
  pointer: '',
  name: 'A',
  type: 'object',
  required: [],
  properties: Object.fromEntries([[name, property]]),
})

test.each(INHERITED)('a documented property %s is read from every media type', (name) => {
  const schema = recordWith(name)
  const part = `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n--b--`
  const values = [
    readForm(`${name}=x`, schema).value,
    readMultipart(Buffer.from(part), 'multipart/form-data; boundary=b', schema).value,
    readXml(`<A><${name}>x</${name}></A>`, schema).value,
    project(JSON.parse(`{"${name}":"x"}`), schema),
  ]
  for (const value of values) expect(Object.entries(value as object)).toEqual([[name, 'x']])
})

test.each(INHERITED)('a documented property %s that is absent is in no XML', (name) => {
  expect(writeXml({}, recordWith(name), 'A')).toMatch(/<A><\/A>$/)
})

test('an object under __proto__ is a value, not a prototype', () => {
  const schema = recordWith('__proto__', recordWith('a'))
  for (const value of [
    project(JSON.parse('{"__proto__":{"a":"x"}}'), schema),
    readXml('<A><__proto__><a>x</a></__proto__></A>', schema).value,
  ])
    expect([Reflect.get(value as object, 'a'), JSON.stringify(value)]).toEqual([undefined, '{"__proto__":{"a":"x"}}'])
})
