import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Command } from '../options/read-command.ts'
import { readCommand } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { run } from '../run.ts'
import { isTaken, removeDone, requireWritable, writeResult } from './result-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const flag = '--report json=FILE'

test('requireWritable makes the folder, and leaves no file', () => {
  const file = join(folder, 'a/b/report.json')
  requireWritable({ file, flag })
  expect([existsSync(join(folder, 'a/b')), isTaken(file)]).toEqual([true, false])
  writeResult({ file, flag }, '{}')
  requireWritable({ file, flag })
  expect(readFileSync(file, 'utf8')).toBe('{}')
  removeDone({ file, flag })
  expect(isTaken(file)).toBe(false)
})

const UNWRITABLE: readonly [string, () => string, string][] = [
  ['a folder', () => folder, 'EISDIR'],
  ['a file as a folder', () => join(fileIn(), 'report.json'), 'ENOTDIR|EEXIST'],
  ['a name that is too long', () => join(folder, 'x'.repeat(300)), 'ENAMETOOLONG'],
]

function fileIn(): string {
  writeFileSync(join(folder, 'file'), '')
  return join(folder, 'file')
}

test.each(UNWRITABLE)('%s is one line that names another file', (_name, path, code) => {
  const file = path()
  expect(() => requireWritable({ file, flag })).toThrow(
    new RegExp(`^${file} cannot be written \\((${code})\\)\\. Correct that, or name another file: ${flag}$`),
  )
})

/** A device of Linux that is always full. Windows and macOS have no path like it, nor /proc. */
const FULL = '/dev/full'
const onLinux = existsSync(FULL) ? test : test.skip

onLinux('a place where no folder can be made is one line, at once', () => {
  expect(() => requireWritable({ file: '/proc/none/report.json', flag })).toThrow(
    /^\/proc\/none\/report\.json cannot be written \((ENOENT|EACCES)\)/,
  )
})

onLinux('a disk that is full at the end is one line, too', () => {
  expect(() => writeResult({ file: FULL, flag }, '{}')).toThrow(
    `/dev/full cannot be written (ENOSPC). Correct that, or name another file: ${flag}`,
  )
})

onLinux('a file system that takes no folders is one line, too, and no endless try', () => {
  expect(() => requireWritable({ file: '/proc/inboxes/mock/report.json', flag })).toThrow(
    `/proc/inboxes/mock/report.json cannot be written (ENOENT). Correct that, or name another file: ${flag}`,
  )
})

/** The command with a terminal that keeps its texts. */
async function ended(...argv: string[]) {
  const command: Command = readCommand(argv, {})
  const written = { out: '', err: '' }
  const terminal: Terminal = {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text) },
    pid: 1,
    keyboard: false,
    groups: false,
    onSignal: () => {},
    exit: () => {},
  }
  return { code: await run(command, terminal), ...written }
}

test.each([
  [['--report', 'json=DIR'], /^\S+ cannot be written \(EISDIR\)\. .*: --report json=FILE\n$/],
  [['--report', 'junit=FILE/x.xml'], /^\S+ cannot be written \((ENOTDIR|EEXIST)\)\. .*: --report junit=FILE\n$/],
  [['--mode', 'owned', '--journal', 'FILE/x'], /^\S+ cannot be written \((ENOTDIR|EEXIST)\)\. .*: --journal FILE\n$/],
])('contract %j ends with 2 before it sends a request', async (args, line) => {
  mkdirSync(join(folder, 'dir'))
  const given = args.map((arg) => arg.replace('DIR', join(folder, 'dir')).replace('FILE', fileIn()))
  expect(await ended('contract', ...given)).toEqual({ code: 2, out: '', err: expect.stringMatching(line) })
})
