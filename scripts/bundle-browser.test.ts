import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { listLines, readLines } from '../src/browser/line-list.ts'
import { packWords, unpackWords } from '../src/browser/word-list.ts'
import { loadAdminDocument } from '../src/mock/files/load-admin-document.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { listsOfFaker } from './words.ts'

const read = (file: string) => readFileSync(pathOf(`dist/bundle/${file}`))

/** In bytes. */
const MAX_SIZE = 100_000

test('the bundle for pages stays below 100 KB when compressed', () => {
  expect(gzipSync(read('browser.mjs'), { level: 9 }).length).toBeLessThanOrEqual(MAX_SIZE)
})

test.each(['browser.mjs', 'msw.mjs', 'msw.cjs'])('%s has no module of Node, and makes no code of text', (file) => {
  const text = read(file).toString()
  for (const word of [/["'`]node:/, /\beval\(/, /\bFunction\(/, /\brequire\(/, /\bprocess\.\w/, /\bimport\(/])
    expect(text).not.toMatch(word)
})

test.each(['browser', 'msw'])('the types of %s need no others', (name) => {
  expect(read(`${name}.d.cts`).toString()).not.toMatch(/from ["']|reference types/)
  expect(read(`${name}.d.mts`).toString()).toBe(`export * from './${name}.cjs'\n`)
})

test('the lines of a document survive as a list', () => {
  const api = loadDocument(pathOf('openapi.yaml'))
  for (const { json, lines } of [api, loadAdminDocument(api).document]) {
    expect(readLines(json, listLines(json, lines))).toEqual(lines)
  }
})

test('the words of the fixtures survive packing', async () => {
  for (const words of Object.values(await listsOfFaker())) expect(unpackWords(packWords(words ?? []))).toEqual(words)
})

test('a word with a digit is refused', () => {
  expect(() => packWords(['a', 'b2'])).toThrow('b2 has a digit')
})
