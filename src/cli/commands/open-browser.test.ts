import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from '@jest/globals'
import { openBrowser } from './open-browser.ts'

const URL = 'http://127.0.0.1:4010/'
const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program that does what a line of shell says. */
function program(name: string, line: string): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${line}\n`)
  chmodSync(file, 0o755)
  return file
}

test.each([
  ['CI', { CI: 'true', DISPLAY: ':0' }, 'linux', 'CI is set'],
  ['CI on a Mac', { CI: '1' }, 'darwin', 'CI is set'],
  ['no display', {}, 'linux', 'there is no display'],
  ['no display on another Unix', {}, 'freebsd', 'there is no display'],
] as const)('nothing is started, and the reason is told: %s', async (_what, env, platform, reason) => {
  expect(await openBrowser(URL, env, platform)).toContain(reason)
})

test('the program that BROWSER names is given the address', async () => {
  const seen = join(folder, 'seen')
  const BROWSER = program('browser', `printf %s "$1" > ${seen}.part && mv ${seen}.part ${seen}`)
  expect(await openBrowser(URL, { BROWSER, PATH: process.env.PATH }, 'linux')).toBeUndefined()
  while (!existsSync(seen)) await sleep(10)
  expect(readFileSync(seen, 'utf8')).toBe(URL)
})

test.each([
  ['that is not there', 'absent', undefined, 'cannot be started (ENOENT)'],
  ['that fails', 'failing', 'exit 3', 'ended with 3'],
])('a program %s is a reason', async (_what, name, line, reason) => {
  const BROWSER = line === undefined ? join(folder, name) : program(name, line)
  expect(await openBrowser(URL, { BROWSER, PATH: process.env.PATH }, 'linux')).toContain(reason)
})

test('the programs of each system are asked for by their names', async () => {
  for (const [platform, env, name] of [
    ['darwin', {}, 'open'],
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['win32', {}, 'rundll32.exe'],
    ['linux', { WSL_DISTRO_NAME: 'Debian' }, 'rundll32.exe'],
  ] as const)
    expect(await openBrowser(URL, { ...env, PATH: folder }, platform)).toBe(`${name} cannot be started (ENOENT)`)
})
