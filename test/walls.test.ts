import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { cyclesOf } from '../scripts/import-graph.ts'
import { pathOf } from '../src/openapi/package-files.ts'

/** Which rooms a room may import. The products never import each other; `openapi` is their common base. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  openapi: [],
  http: ['openapi'],
  fixtures: ['mock', 'openapi'],
  ways: ['openapi'],
  mock: ['fixtures', 'http', 'openapi', 'ways'],
  contract: ['http', 'openapi'],
  drift: ['contract', 'http', 'openapi', 'ways'],
  testing: ['mock', 'http', 'openapi'],
  cli: ['index', 'mock', 'contract', 'drift', 'ways', 'http', 'openapi'],
  index: ['mock', 'openapi', 'ways'],
  browser: ['mock', 'openapi'],
  msw: ['mock'],
  ui: ['mock'],
}

const sources = ['src', 'fixtures'].flatMap((folder) =>
  readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|browser)\.ts$|\.test\.support\.ts$|\.d\.ts$/.test(file))
    .map((file) => join(folder, file)),
)

const roomOf = (file: string) =>
  file
    .replace(/^src\//, '')
    .split('/')[0]
    ?.replace(/\.ts$/, '') ?? ''

const ANY = /(?:from|import\()\s*'(\.[^']+)'/g
/** Imports that are there at run time: those of types alone are not. */
const VALUES = /^(?:import|export) (?!type )[^'=]*?from '(\.[^']+)'/gm

/** The files that a file imports, types included unless only the imports of a pattern are asked for. */
function importsOf(file: string, pattern = ANY): string[] {
  const text = readFileSync(pathOf(file), 'utf8')
  const targets = [...text.matchAll(pattern)].map(([, target]) => target ?? '')
  return targets.map((target) => relative(pathOf('.'), resolve(pathOf('.'), dirname(file), target)))
}

test.each(Object.keys(MAY_IMPORT))('%s imports only what its room may', (room) => {
  const foreign = sources
    .filter((file) => roomOf(file) === room)
    .flatMap((file) => importsOf(file).map((target) => ({ file, target })))
    .filter(({ target }) => roomOf(target) !== room && !MAY_IMPORT[room]?.includes(roomOf(target)))
  expect(foreign).toEqual([])
})

test('every source stands in a room', () => {
  expect(sources.filter((file) => MAY_IMPORT[roomOf(file)] === undefined)).toEqual([])
})

/** Modules of Node, and Express, which runs in Node alone. */
const NODE = /(?:from|import|require)\s*\(?\s*'(?:node:[^']+|express)'/
const needsNode = (file: string) => NODE.test(readFileSync(pathOf(file), 'utf8'))

test('in the mock only http/ and files/ import Node or Express', () => {
  const mayNeedNode = /^src\/mock\/(http|files)\//
  const rest = sources.filter((file) => roomOf(file) === 'mock' && !mayNeedNode.test(file))
  expect(rest.length).toBeGreaterThan(60)
  expect(rest.filter(needsNode)).toEqual([])
})

test.each(['src/browser.ts', 'src/msw.ts'])('%s reaches no file that imports Node or Express', (entry) => {
  const reached = new Set([entry])
  // A Set that grows while it is walked is walked to its new end.
  for (const file of reached) for (const target of importsOf(file, VALUES)) reached.add(target)
  expect([...reached].filter(needsNode)).toEqual([])
})

test.each([
  ['ui', 'the page talks HTTP'],
  ['testing', 'helpers talk HTTP'],
  ['fixtures', 'the mock draws from them'],
])('%s takes types of the mock, and no code: %s', (room) => {
  const files = sources.filter((file) => roomOf(file) === room)
  expect(files.length).toBeGreaterThan(5)
  expect(files.flatMap((file) => importsOf(file, VALUES)).filter((target) => roomOf(target) === 'mock')).toEqual([])
})

test('each permission is used', () => {
  const used = new Set(sources.flatMap((file) => importsOf(file).map((target) => `${roomOf(file)} ${roomOf(target)}`)))
  const permitted = Object.entries(MAY_IMPORT).flatMap(([room, others]) => others.map((other) => `${room} ${other}`))
  expect(permitted.filter((permission) => !used.has(permission))).toEqual([])
})

test('no file imports itself through others, types included', () => {
  expect(cyclesOf(new Map(sources.map((file) => [file, importsOf(file)])))).toEqual([])
})
