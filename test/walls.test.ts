import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { pathOf } from '../src/openapi/package-files.ts'

/** Which rooms a room may import. The products never import each other; `openapi` is their common base. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  openapi: [],
  http: ['openapi'],
  fixtures: ['mock', 'openapi'],
  mock: ['fixtures', 'http', 'openapi'],
  contract: ['http', 'openapi'],
  testing: ['mock', 'http', 'openapi'],
  cli: ['index', 'mock', 'contract', 'http', 'openapi'],
  index: ['mock', 'openapi'],
}

const sources = ['src', 'fixtures'].flatMap((folder) =>
  readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|browser)\.ts$|\.test\.support\.ts$/.test(file))
    .map((file) => join(folder, file)),
)

const roomOf = (file: string) =>
  file
    .replace(/^src\//, '')
    .split('/')[0]
    ?.replace(/\.ts$/, '') ?? ''

/** The files that a file imports, types included. */
function importsOf(file: string): string[] {
  const text = readFileSync(pathOf(file), 'utf8')
  const targets = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, target]) => target ?? '')
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

test('each permission is used', () => {
  const used = new Set(sources.flatMap((file) => importsOf(file).map((target) => `${roomOf(file)} ${roomOf(target)}`)))
  const permitted = Object.entries(MAY_IMPORT).flatMap(([room, others]) => others.map((other) => `${room} ${other}`))
  expect(permitted.filter((permission) => !used.has(permission))).toEqual([])
})

test('no file imports itself through others, types included', () => {
  const imports = new Map(sources.map((file) => [file, importsOf(file)]))
  expect(sources.map((file) => circleFrom(file, imports)).filter((circle) => circle.length > 0)).toEqual([])
})

/** The way from a file back to it; empty where there is none. */
function circleFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>()
  const visit = (file: string, trail: readonly string[]): string[] => {
    for (const target of imports.get(file) ?? []) {
      if (target === start) return [...trail, target]
      if (seen.has(target)) continue
      seen.add(target)
      const found = visit(target, [...trail, target])
      if (found.length > 0) return found
    }
    return []
  }
  return visit(start, [start])
}
