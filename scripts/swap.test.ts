import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { buildBeside, restore } from './swap.ts'

/** A process that has ended, as far as anybody can know. */
const NOBODY = 2 ** 22 + 1

let root: string
let dist: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  dist = join(root, 'dist')
  put(dist, 'old')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'file'), text)
}

const built = () => readFileSync(join(dist, 'file'), 'utf8')

test('a build replaces the folder when it is complete, and leaves nothing beside it', async () => {
  await buildBeside(dist, async (folder) => {
    put(folder, 'new')
    expect(built()).toBe('old')
  })
  expect([built(), readdirSync(root)]).toEqual(['new', ['dist']])
})

test('a build that fails leaves the folder; the next one removes what a killed one left', async () => {
  await expect(buildBeside(dist, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(built()).toBe('old')
  put(`${dist}.next-${NOBODY}`, 'half')
  await buildBeside(dist, async (folder) => put(folder, 'new'))
  expect([built(), readdirSync(root)]).toEqual(['new', ['dist']])
})

test('the folder of a build that runs is left alone', async () => {
  const others = `${dist}.next-${process.ppid}`
  put(others, 'half')
  await buildBeside(dist, async (folder) => put(folder, 'new'))
  expect(existsSync(others)).toBe(true)
})

test('a build that was killed between the renames is put back', () => {
  put(`${dist}.old-${NOBODY}`, 'older')
  restore(dist)
  expect(built()).toBe('old')
  rmSync(dist, { recursive: true })
  restore(dist)
  expect([built(), readdirSync(root)]).toEqual(['older', ['dist']])
})
