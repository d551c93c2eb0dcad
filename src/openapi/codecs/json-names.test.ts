import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pointerTo, tokensOf } from '../json-pointer.ts'
import { doubledName, lineOf } from './json-names.ts'

const doubledIn = (text: string) => doubledName(text, JSON.parse(text))?.pointer

test.each([
  ['{"a": 1, "b": {"a": 2}}', undefined],
  ['{"a": 1, "a": 2}', '/a'],
  ['{"a": 1, "\\u0061": 2}', '/a'],
  ['{"a": {"b": "x", "b": {}}}', '/a/b'],
  ['[[], {"k": [1, {"x": 1, "x": 1}]}]', '/1/k/1/x'],
  ['{"__proto__": 1, "__proto__": 2}', '/__proto__'],
  ['{"a/b": 1, "a/b": 2}', '/a~1b'],
  [String.raw`{"a": "\"b\": 1, \"b\": 2", "c\\": 1}`, undefined],
  ['{"": 1, "" : 2}', '/'],
])('the doubled name of %s is %s', (text, pointer) => {
  expect(doubledIn(text)).toBe(pointer)
})

test.each([
  ['/pets/0/name', 4],
  ['/pets/0', 3],
  ['/pets/0/status', 3],
  ['/pets/1', 6],
  ['/pets/2', 6],
  ['/users', 8],
])('the line of %s is %i', (pointer, line) => {
  const text = `{
  "pets": [
    {
      "name": "}]\\"",
      "photoUrls": ["a", "b"] },
    5, [
    ]],
  "users": []
}`
  expect(lineOf(text, pointer)).toBe(line)
})

test('no text without a doubled name has one, and one that is put in is found, at any place', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.nat(), (text, pick) => {
      const value: unknown = JSON.parse(text)
      expect(doubledName(JSON.stringify(value), value)).toBeUndefined()
      const places = objectsIn(value, '')
      const at = places[pick % Math.max(places.length, 1)]
      if (at === undefined) return
      const doubled = JSON.stringify(value).replaceAll('"twice"', '"other"')
      expect(doubledName(doubled, JSON.parse(doubled))).toBeUndefined()
      const marked = JSON.stringify(withMark(value, tokensOf(at))).replace('"MARK":0', '"twice":1,"twice":2')
      expect(doubledIn(marked)).toBe(pointerTo(at, 'twice'))
    }),
  )
})

function objectsIn(value: unknown, pointer: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  const inner = Object.entries(value).flatMap(([name, child]) => objectsIn(child, pointerTo(pointer, name)))
  return Array.isArray(value) ? inner : [pointer, ...inner]
}

function withMark(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return { ...(value as object), MARK: 0 }
  const copy: object = Array.isArray(value) ? [...value] : { ...(value as object) }
  Reflect.set(copy, first, withMark(Reflect.get(copy, first), rest))
  return copy
}
