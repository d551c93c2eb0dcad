import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { loadDocument, parseForeign } from '../load-document.ts'
import { pathOf } from '../package-files.ts'
import { slowRules } from './slow-rules.ts'

const packaged = readFileSync(pathOf('openapi.yaml'), 'utf8')

/** The packaged document with lines at the start of the schema of a pet's name. */
function withRule(rule: string) {
  const schema = /\n {4}Pet:\n[\s\S]*?\n {8}name:\n/.exec(packaged)
  const at = (schema?.index ?? 0) + (schema?.[0].length ?? 0)
  return parseForeign(`${packaged.slice(0, at)}          ${rule}\n${packaged.slice(at)}`, 'other.yaml')
}

test('a dangerous pattern is named with its line', () => {
  const document = withRule("pattern: '^(a+)+$'")
  const line = document.lines.get('/components/schemas/Pet/properties/name/pattern')
  expect(slowRules(document)).toEqual([
    `other.yaml, line ${line}: the time for the pattern ^(a+)+$ can grow without bounds (exponential). A few dozen characters can stop the mock; write it without repetitions that can share a text.`,
  ])
})

test('a pattern that is slow on long texts is named, and a good one is not', () => {
  expect(slowRules(withRule("pattern: '\\s+$'"))).toEqual([expect.stringContaining('(quadratic or worse)')])
  expect(slowRules(withRule("pattern: '^[a-z]+$'"))).toEqual([])
})

test('a property that is called pattern is none, and neither is an example', () => {
  const json = { properties: { pattern: { type: 'string' } }, example: { pattern: '^(a+)+$' } }
  expect(slowRules({ json, lines: new Map(), name: 'a.yaml' })).toEqual([])
})

test('the packaged document has no slow rule', () => {
  expect(slowRules(loadDocument(pathOf('openapi.yaml')))).toEqual([])
})

test.each([
  [{ type: 'array', uniqueItems: true, items: { type: 'object' } }, 1],
  [{ type: 'array', uniqueItems: true, items: { $ref: '#/x' } }, 1],
  [{ type: 'array', uniqueItems: true, items: { type: 'object' }, maxItems: 1_000 }, 0],
  [{ type: 'array', uniqueItems: true, items: { type: 'string' } }, 0],
])('%j has %i slow rules', (schema, count) => {
  expect(slowRules({ json: { schema }, lines: new Map(), name: 'a.yaml' })).toHaveLength(count)
})
