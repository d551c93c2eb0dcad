import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { loadCorpus } from './corpus.ts'
import { countersOf, instrument } from './coverage.ts'
import { fuzz, shrinkInput, tryInput } from './fuzz.ts'
import { type Reader, requireEqual, requirePlain } from './reader.ts'
import { loadReader, READERS, sourceOf } from './readers.ts'

/** How many inputs each reader reads here, beside those that are stored. Slow ones read fewer. */
const RUNS: Readonly<Record<string, number>> = { document: 300, state: 1_000, har: 1_000, journal: 700 }
const MOST_RUNS = 4_000

test.each(READERS)('the reader %s keeps its promises for stored and mutated inputs', async (name) => {
  const reader = await loadReader(name, pathToFileURL(sourceOf(name) ?? '').href)
  const corpus = loadCorpus(name)
  expect(corpus.length).toBeGreaterThan(15)
  const { findings } = await fuzz(reader, { runs: corpus.length + (RUNS[name] ?? MOST_RUNS), seed: 1, corpus })
  expect(findings.map(({ reason, input }) => [String(reason), input.toString('latin1')])).toEqual([])
})

/** A reader of text that is wrong in one way. */
const wrong = (read: (text: string) => unknown): Reader => ({
  read: (bytes) => void read(bytes.toString('latin1')),
  words: ['x'],
  seeds: ['a'],
  longest: 100,
})

const MISTAKES: readonly (readonly [kind: string, Reader])[] = [
  ['an exception', wrong((text) => text.includes('x') && JSON.parse('{'))],
  ['a value that does not survive', wrong((text) => requireEqual('the text', text.replace('x', ''), text))],
  ['a prototype that was changed', wrong((text) => text.includes('x') && Reflect.set(Object.prototype, 'polluted', 1))],
  [
    'a prototype that was sent',
    wrong((text) => requirePlain(Object.create(text.includes('x') ? { a: 1 } : Object.prototype))),
  ],
]

test.each(MISTAKES)('fuzzing finds %s', async (_kind, reader) => {
  const { findings } = await fuzz(reader, { runs: 2_000, seed: 1, corpus: [] })
  Reflect.deleteProperty(Object.prototype, 'polluted')
  expect(findings).toHaveLength(1)
})

test('fuzzing finds backtracking', async () => {
  const reader = wrong((text) => /^(x+)+$/.test(`${text}!`))
  expect(await tryInput(reader, Buffer.from('x'.repeat(18)))).toBe(undefined)
  expect(await tryInput(reader, Buffer.from('x'.repeat(26)))).toMatchObject({ kind: 'slow' })
})

test('a finding is shrunk to the bytes that it needs', async () => {
  const reader = wrong((text) => text.includes('x') && text.includes('y') && JSON.parse('{'))
  const finding = await tryInput(reader, Buffer.from('aaaxbbbbbbycc'))
  expect(finding && (await shrinkInput(reader, finding)).toString()).toBe('xy')
})

/** Blind mutations would need some 10^8 runs for these three bytes. */
const NESTED = `export function read(text) {
  if (text[0] === 'F') if (text[1] === 'U') if (text[2] === 'Z') throw new Error('found')
}`

test('coverage leads the inputs to a branch behind others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const file = join(folder, 'nested.mjs')
  writeFileSync(file, instrument(NESTED, file))
  const { read } = (await import(pathToFileURL(file).href)) as { readonly read: (text: string) => void }
  rmSync(folder, { recursive: true })
  const reader = wrong(read)
  const plan = { runs: 100_000, seed: 1, corpus: [] }
  expect((await fuzz(reader, { ...plan, counters: countersOf(file) })).findings.map(({ kind }) => kind)).toEqual([
    'Error: found',
  ])
  expect((await fuzz(reader, plan)).findings).toEqual([])
})

test('the same seed reads the same inputs', async () => {
  const told = async (seed: number) => {
    const read: string[] = []
    await fuzz(
      wrong((text) => read.push(text)),
      { runs: 500, seed, corpus: [] },
    )
    return read
  }
  expect(await told(1)).toEqual(await told(1))
  expect(await told(2)).not.toEqual(await told(1))
})
