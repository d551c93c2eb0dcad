import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { streamOf } from '../../../fixtures/stream.ts'
import { compile } from '../../../scripts/compile.js'
import { writeAtomically } from './write-atomically.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const LENGTH = 8_000_000

/** Writes texts of one digit each, over and over. */
const WRITER = `const [module, path] = process.argv.slice(1)
  import(module).then(({ writeAtomically }) => {
    for (let turn = 0; ; turn++) {
      writeAtomically(path, String(turn % 10).repeat(${LENGTH}))
      if (turn === 0) process.stdout.write('started')
    }
  })`

test('a process that is killed while it writes leaves one of its texts whole', async () => {
  const path = join(folder, 'file')
  const random = streamOf(4, 'kill', 'moments')
  for (let round = 0; round < 12; round++) {
    const writer = spawn(process.execPath, [
      '-e',
      WRITER,
      pathToFileURL(await compile('src/mock/files/write-atomically.ts')).href,
      path,
    ])
    await once(writer.stdout, 'data')
    await sleep(random.next() * 60)
    writer.kill('SIGKILL')
    await once(writer, 'close')
    const text = readFileSync(path, 'utf8')
    expect([text.length, new Set(text).size]).toEqual([LENGTH, 1])
  }
})

test('what cannot be put in place leaves nothing behind', () => {
  expect(() => writeAtomically(join(folder, 'absent', 'file'), 'x')).toThrow('ENOENT')
  expect(() => writeAtomically(folder, 'x')).toThrow()
  expect(readdirSync(folder)).toEqual([])
  expect(readdirSync(join(folder, '..')).filter((name) => name.startsWith(`${folder.split('/').pop()}.`))).toEqual([])
})
