import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { cacheHome, ownCacheFolder } from './compile-cache.ts'

const uid = process.getuid?.() ?? 0
const NOBODY = 65534
let root: string
let home: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'inboxes-mock-')))
  home = join(root, '.cache')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const ours = () => join(home, 'inboxes-mock')
const makeOurs = (mode: number) => {
  mkdirSync(home, { mode: 0o700, recursive: true })
  mkdirSync(ours())
  chmodSync(ours(), mode)
}

test('the folder is made for the user alone', () => {
  expect(ownCacheFolder(home, uid)).toBe(ours())
  expect([home, ours()].map((path) => lstatSync(path).mode & 0o777)).toEqual([0o700, 0o700])
})

test('the folder is found again', () => {
  makeOurs(0o700)
  expect(ownCacheFolder(home, uid)).toBe(ours())
})

test.each([0o777, 0o1777, 0o770, 0o755, 0o701])('a folder of mode %o is not used', (mode) => {
  makeOurs(mode)
  expect(ownCacheFolder(home, uid)).toBeUndefined()
})

test.each([0o777, 0o770, 0o702])('a folder within one of mode %o is not used', (mode) => {
  makeOurs(0o700)
  chmodSync(root, mode)
  expect(ownCacheFolder(home, uid)).toBeUndefined()
  chmodSync(root, 0o700)
})

test('a link in place of the folder is not followed', () => {
  mkdirSync(home, { mode: 0o700 })
  mkdirSync(join(root, 'elsewhere'), { mode: 0o700 })
  symlinkSync(join(root, 'elsewhere'), ours())
  expect(ownCacheFolder(home, uid)).toBeUndefined()
})

test('a home that is a link is looked at where it leads', () => {
  mkdirSync(join(root, 'open'))
  chmodSync(join(root, 'open'), 0o777)
  mkdirSync(join(root, 'open/cache'), { mode: 0o700 })
  symlinkSync(join(root, 'open/cache'), home)
  expect(ownCacheFolder(home, uid)).toBeUndefined()
})

test("another user's folder is not used, nor one inside it", () => {
  makeOurs(0o700)
  expect(ownCacheFolder(home, uid + 1)).toBeUndefined()
  // Only root can give a folder away.
  if (uid !== 0) return
  chownSync(root, NOBODY, NOBODY)
  expect(ownCacheFolder(home, uid)).toBeUndefined()
})

test('without a home nothing is made', () => {
  expect(ownCacheFolder(join(root, 'nobody/.cache'), uid)).toBeUndefined()
  expect(lstatSync(join(root, 'nobody'), { throwIfNoEntry: false })).toBeUndefined()
})

test('the home is the one of XDG if that is a whole path', () => {
  expect(cacheHome({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me')
  expect(cacheHome({ XDG_CACHE_HOME: 'here' })).toBe(join(homedir(), '.cache'))
  expect(cacheHome({})).toBe(join(homedir(), '.cache'))
})
