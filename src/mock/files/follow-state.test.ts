import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createMockCore } from '../create-mock.ts'
import { DEFAULT_SESSION } from '../sessions/sessions.ts'
import type { State } from '../store/state.ts'
import { type FollowedState, followState } from './follow-state.ts'
import { nodePlatform } from './node-platform.ts'
import { hashOf } from './saving/replace-file.ts'

let folder: string
const open: FollowedState[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(async () => {
  for (const state of open.splice(0)) await state.close()
  rmSync(folder, { recursive: true, force: true })
})

const stateFile = () => join(folder, 'state.json')
const savingFolder = (path = stateFile()) => `${path}.saving`
const read = (path = stateFile()) => JSON.parse(readFileSync(path, 'utf8')) as State

/** A mock that follows a state file in this process. */
async function start(path = stateFile(), save = true) {
  const said: string[] = []
  const mock = createMockCore({}, nodePlatform)
  const state = await followState(mock, path, save, (message) => said.push(message))
  open.push(state)
  const session = () => mock.sessions.get(DEFAULT_SESSION)
  /** Changes the state, and records it as before an answer. */
  const change = (username: string) => {
    session().store.users.put({ username })
    state.record()
  }
  const has = (username: string) => session().store.users.has(username)
  return { mock, state, said, session, change, has }
}

/** The files as a process that is killed now would leave them. */
function crash(): string {
  const copy = mkdtempSync(join(folder, 'crash-'))
  cpSync(stateFile(), join(copy, 'state.json'))
  cpSync(savingFolder(), savingFolder(join(copy, 'state.json')), { recursive: true })
  rmSync(join(savingFolder(join(copy, 'state.json')), 'lock.json'), { force: true })
  return join(copy, 'state.json')
}

async function until(fact: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 500; tries++) {
    if (fact()) return true
    await sleep(10)
  }
  return false
}

const holds = (username: string) => () => {
  try {
    return read().users.some((user) => user.username === username)
  } catch {
    return false
  }
}

describe('saving goes on', () => {
  const DISTURBANCES: readonly (readonly [string, () => void])[] = [
    ['a touch', () => utimesSync(stateFile(), new Date(), new Date())],
    ['the same bytes again', () => writeFileSync(stateFile(), readFileSync(stateFile()))],
    [
      'the same bytes in another file',
      () => {
        cpSync(stateFile(), `${stateFile()}~`)
        renameSync(`${stateFile()}~`, stateFile())
      },
    ],
    ['another mode', () => chmodSync(stateFile(), 0o600)],
    ['a removal', () => rmSync(stateFile())],
    ['a removal of the log', () => rmSync(savingFolder(), { recursive: true })],
  ]

  test.each(DISTURBANCES)('after %s', async (_name, disturb) => {
    const { state, change, said } = await start()
    change('before')
    expect(await until(holds('before'))).toBe(true)
    disturb()
    change('after')
    expect(await until(holds('after'))).toBe(true)
    expect(await state.close()).toBe(true)
    expect([said, readdirSync(folder)]).toEqual([[], ['state.json']])
  })

  const OBSTACLES: readonly (readonly [string, () => void, () => void])[] = [
    [
      'a folder that is gone and comes back',
      () => renameSync(folder, `${folder}-gone`),
      () => renameSync(`${folder}-gone`, folder),
    ],
    ['a folder that is deleted and made again', () => rmSync(folder, { recursive: true }), () => mkdirSync(folder)],
    [
      'a folder in the place of the file',
      () => {
        rmSync(stateFile())
        mkdirSync(stateFile())
      },
      () => rmSync(stateFile(), { recursive: true }),
    ],
    [
      'a file in the place of the folder of the log',
      () => {
        rmSync(savingFolder(), { recursive: true })
        writeFileSync(savingFolder(), '')
      },
      () => rmSync(savingFolder()),
    ],
  ]

  test.each(OBSTACLES)('after %s, which is said once, and once when it is over', async (_name, put, remove) => {
    const { state, change, said } = await start()
    change('before')
    expect(await until(holds('before'))).toBe(true)
    put()
    change('meanwhile')
    const isSaid = () => said.some((message) => message.includes('cannot be written'))
    expect(await until(isSaid)).toBe(true)
    await sleep(1_200)
    change('later')
    expect(new Set(said).size).toBe(said.length)
    remove()
    expect(await until(holds('later'))).toBe(true)
    expect(holds('meanwhile')()).toBe(true)
    expect(said.filter((message) => message.includes('is written again')).length).toBeGreaterThan(0)
    expect(await state.close()).toBe(true)
    expect(readdirSync(folder)).toEqual(['state.json'])
  })
})

test('a last write that failed is told, and the log has it for the next start', async () => {
  const { state, change, said } = await start()
  change('before')
  expect(await until(holds('before'))).toBe(true)
  const text = readFileSync(stateFile(), 'utf8')
  rmSync(stateFile())
  mkdirSync(stateFile())
  change('last')
  expect(await state.close()).toBe(false)
  expect(said.at(-1)).toContain('the next start takes it over')
  rmSync(stateFile(), { recursive: true })
  writeFileSync(stateFile(), text)
  const next = await start()
  expect([next.has('before'), next.has('last'), next.said]).toEqual([true, true, []])
})

describe('the file stays', () => {
  test.each([0o600, 0o640, 0o664, 0o444])('of mode %i, and so do those beside it', async (mode) => {
    writeFileSync(stateFile(), '{}')
    chmodSync(stateFile(), mode)
    const { state, change } = await start()
    change('ada')
    const [log = ''] = readdirSync(savingFolder()).filter((name) => name.startsWith('log'))
    expect(statSync(join(savingFolder(), log)).mode & 0o077).toBe(mode & 0o066)
    expect(statSync(savingFolder()).mode & 0o044).toBe(mode & 0o044)
    expect(await until(holds('ada'))).toBe(true)
    await state.close()
    expect(statSync(stateFile()).mode & 0o777).toBe(mode)
  })

  // Only root may give a file to another user, so that a save could lose the owner.
  const asRoot = process.getuid?.() === 0 ? test : test.skip
  asRoot('of its owner', async () => {
    writeFileSync(stateFile(), '{}')
    chownSync(stateFile(), 1234, 4321)
    const { state, change } = await start()
    change('ada')
    await state.close()
    const { uid, gid } = statSync(stateFile())
    expect([uid, gid, holds('ada')()]).toEqual([1234, 4321, true])
  })

  test.each([true, false])('behind its link, with a target that is there: %s', async (isThere) => {
    mkdirSync(join(folder, 'real'))
    const target = join(folder, 'real', 'target.json')
    if (isThere) writeFileSync(target, '{}')
    symlinkSync('link', stateFile())
    symlinkSync('real/target.json', join(folder, 'link'))
    const { state, change } = await start()
    change('ada')
    await state.close()
    expect([lstatSync(stateFile()).isSymbolicLink(), lstatSync(target).isFile()]).toEqual([true, true])
    expect(holds('ada')()).toBe(true)
    expect(readdirSync(join(folder, 'real'))).toEqual(['target.json'])
  })

  test('one file of two names, which is said once', async () => {
    writeFileSync(stateFile(), '{}')
    linkSync(stateFile(), join(folder, 'other.json'))
    const { state, change, said } = await start()
    for (const name of ['ada', 'bea']) {
      change(name)
      expect(await until(holds(name))).toBe(true)
    }
    await state.close()
    expect(read(join(folder, 'other.json'))).toEqual(read())
    expect(said).toEqual([expect.stringContaining('so it is written in place')])
    expect(readdirSync(folder)).toEqual(['other.json', 'state.json'])
  })
})

describe('two processes', () => {
  test('cannot save to one file: the second is told which process does', async () => {
    await start()
    await expect(start()).rejects.toThrow(`process ${process.pid} on ${hostname()} saves to it`)
  })

  const gone = { pid: 999_999_999, host: hostname(), started: '' }
  const reused = { pid: process.ppid, host: hostname(), started: 'another boot 1' }
  const before = { pid: process.pid, host: hostname(), started: 'another boot 1' }
  test.each([
    ['that is gone', JSON.stringify(gone)],
    ['whose number another process has', JSON.stringify(reused)],
    ['whose number this process has', JSON.stringify(before)],
    ['that was killed while it took it', ''],
  ])('the lock of a process %s is taken over without a word', async (_name, lock) => {
    mkdirSync(savingFolder())
    writeFileSync(join(savingFolder(), 'lock.json'), lock)
    const { said, state } = await start()
    expect(said).toEqual([])
    expect(await state.close()).toBe(true)
    expect(readdirSync(folder)).toEqual(['state.json'])
  })

  test('one whose lock another machine took says so, and stops saving', async () => {
    const { state, change, said } = await start()
    const lock = join(savingFolder(), 'lock.json')
    const other = JSON.stringify({ pid: 7, host: 'other.example', started: '' })
    writeFileSync(lock, other)
    change('ada')
    expect(await until(() => said.length > 0)).toBe(true)
    expect(said).toEqual([expect.stringContaining('process 7 on other.example saves to it now')])
    expect([await state.close(), readFileSync(lock, 'utf8')]).toEqual([false, other])
  })

  test('a lock of another machine is taken over with a warning', async () => {
    mkdirSync(savingFolder())
    writeFileSync(join(savingFolder(), 'lock.json'), JSON.stringify({ pid: 7, host: 'other.example', started: '' }))
    expect((await start()).said).toEqual([expect.stringContaining('process 7 on other.example saved to it before')])
  })
})

describe('after a crash', () => {
  test('whatever was recorded is there, at any moment of any writes', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('put'), key: fc.nat(5), value: fc.string() }),
      fc.record({ kind: fc.constant('delete'), key: fc.nat(5) }),
      fc.record({ kind: fc.constantFrom('order', 'reset', 'snapshot', 'restore', 'wait', 'restart') }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        for (const state of open.splice(0)) await state.close()
        rmSync(folder, { recursive: true })
        mkdirSync(folder)
        let current = await start()
        for (const { kind, ...rest } of steps) {
          const { session, state } = current
          const username = `user-${'key' in rest ? rest.key : 0}`
          if (kind === 'put') session().store.users.put({ username, firstName: 'value' in rest ? rest.value : '' })
          if (kind === 'delete') session().store.users.delete(username)
          if (kind === 'order')
            session().store.orders.put({ id: String(session().store.nextOrderNumber()), active: false })
          if (kind === 'reset') session().reset()
          if (kind === 'snapshot') session().snapshots.take('one')
          if (kind === 'restore' && session().snapshots.names().length > 0) session().snapshots.restore('one')
          state.record()
          if (kind === 'wait') await sleep(25)
          const expected = session().store.export()
          const path = crash()
          const recovered = await start(path, false)
          expect([recovered.session().store.export(), recovered.said]).toEqual([expected, []])
          rmSync(join(path, '..'), { recursive: true })
          if (kind !== 'restart') continue
          expect(await state.close()).toBe(true)
          current = await start()
          expect(current.session().store.export()).toEqual(expected)
        }
      }),
      { numRuns: 15 },
    )
  })

  async function crashed() {
    const { change } = await start()
    change('ada')
    const path = crash()
    const [log = ''] = readdirSync(savingFolder(path)).filter((name) => name.startsWith('log-'))
    return { path, log: join(savingFolder(path), log) }
  }

  test('a torn last line is dropped', async () => {
    const { path, log } = await crashed()
    appendFileSync(log, '{"put":{"users":[{"username":"be')
    const { has, said, state } = await start(path)
    expect([has('ada'), said]).toEqual([true, []])
    await state.close()
    expect(readdirSync(join(path, '..'))).toEqual(['state.json'])
  })

  test.each([
    ['{"put":{"users":[{"username":"be', 'log-1, line 3 is broken'],
    ['{"put":{"users":[{"username":""}]}}', 'line 3: #/put/users/username must be a username that is not blank'],
    ['{"put":{"pests":[]}}', 'line 3 is no change of a state'],
    ['{"counters":{"order":-1,"domain":1}}', 'line 3: #/counters/order'],
    ['[]', 'line 3 is no change of a state'],
    ['\u0000\u0000', 'line 3 is broken'],
  ])('the line %s, which is not the last, is named, and all is left as it was', async (line, message) => {
    const { path, log } = await crashed()
    appendFileSync(log, `${line}\n{"put":{"users":[{"username":"bea"}]}}\n`)
    const before = [readFileSync(path, 'utf8'), readFileSync(log, 'utf8')]
    await expect(start(path)).rejects.toThrow(message)
    expect([readFileSync(path, 'utf8'), readFileSync(log, 'utf8')]).toEqual(before)
  })

  test('an edit of the file stays, with the changes on top that it did not have', async () => {
    const { path } = await crashed()
    const { pets: _pets, ...rest } = read(path)
    writeFileSync(path, JSON.stringify({ ...rest, pets: [{ id: 70, name: 'Rex', photoUrls: [] }] }))
    const { has, session, said } = await start(path)
    expect([has('ada'), [...session().store.pets.keys()]]).toEqual([true, [70]])
    expect(said).toEqual([expect.stringContaining('was edited after a crash. The 1 changes')])
  })

  test('the log of a file that was removed is set aside', async () => {
    const { path, log } = await crashed()
    const text = readFileSync(log, 'utf8')
    rmSync(path)
    const { has, said } = await start(path)
    expect([has('ada'), said]).toEqual([false, [expect.stringContaining('was removed')]])
    expect(readFileSync(log.replace('log-', 'unused-log-'), 'utf8')).toBe(text)
  })

  test('a text that was being written over the file is finished, and leaves nothing behind', async () => {
    const { path, log } = await crashed()
    const whole = JSON.stringify({ ...read(path), users: [{ username: 'bea' }] })
    writeFileSync(join(savingFolder(path), 'new-2'), whole)
    appendFileSync(log, `${JSON.stringify({ inPlace: hashOf(Buffer.from(whole)) })}\n`)
    writeFileSync(path, whole.slice(0, 30) + readFileSync(path, 'utf8').slice(30, 60))
    const { has, state } = await start(path)
    expect([has('ada'), has('bea')]).toEqual([true, true])
    expect(await state.close()).toBe(true)
    expect(readdirSync(join(path, '..'))).toEqual(['state.json'])
  })

  test('texts that were not put in place are removed', async () => {
    const { path } = await crashed()
    writeFileSync(join(savingFolder(path), 'new-1'), '{"pets": [')
    await start(path)
    expect(readdirSync(savingFolder(path))).not.toContain('new-1')
  })
})

describe('a file is refused with line and pointer, and never overwritten', () => {
  const broken = Buffer.concat([
    Buffer.from('{"pets": [\n{"id": 1, "name": "'),
    Buffer.from([0xff]),
    Buffer.from('"}]}'),
  ])
  test.each([
    ['that is not UTF-8', broken, 'state.json, line 2 is not UTF-8'],
    ['in UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'state.json, line 1 is not UTF-8'],
    ['with a name twice', '{\n"users": [],\n"users": []}', 'line 3: #/users is there twice'],
    [
      'with a record that has a name twice',
      '{"users": [\n{"username": "a",\n"username": "b"}]}',
      'line 3: #/users/0/username',
    ],
    ['with an unknown member', '{\n"pest": []}', 'line 2: #/pest'],
    [
      'with a record that has an unknown member',
      '{"users": [\n{"username": "a", "color": 1}]}',
      'line 2: #/users/0/color',
    ],
    [
      'with a number that is rounded',
      '{"orders": [\n{"id": "1"}],\n"counters": {"order": 9007199254740993, "domain": 1}}',
      'line 3: #/counters/order',
    ],
  ])('one %s', async (_name, bytes, message) => {
    writeFileSync(stateFile(), bytes)
    await expect(start()).rejects.toThrow(message)
    expect(readFileSync(stateFile())).toEqual(Buffer.from(bytes))
    expect(readdirSync(folder)).toEqual(['state.json'])
  })

  test('without --save what the document does not name is left out with a note', async () => {
    writeFileSync(stateFile(), '{"users": [\n{"username": "a", "color": 1}]}')
    const { has, said } = await start(stateFile(), false)
    expect(has('a')).toBe(true)
    expect(said).toEqual([expect.stringContaining('line 2: #/users/0/color is not in the document and was left out.')])
  })
})

describe('an edit', () => {
  const edited = (name: string) => JSON.stringify({ users: [{ username: name }] })
  const EDITS: readonly (readonly [string, (path: string) => void])[] = [
    ['in place', (path) => writeFileSync(path, edited('bea'))],
    [
      'of the same length and times',
      (path) => {
        const { atime, mtime } = statSync(path)
        writeFileSync(path, edited('bea'))
        utimesSync(path, atime, mtime)
      },
    ],
    [
      'by another file',
      (path) => {
        writeFileSync(`${path}~`, edited('bea'))
        renameSync(`${path}~`, path)
      },
    ],
  ]

  test.each(EDITS)('%s is seen, through a link too', async (_name, edit) => {
    mkdirSync(join(folder, 'real'))
    const target = join(folder, 'real', 'target.json')
    writeFileSync(target, edited('ada'))
    symlinkSync('real/target.json', stateFile())
    const { state, has } = await start(stateFile(), false)
    state.watch()
    edit(target)
    expect(await until(() => has('bea'))).toBe(true)
  })

  test('by a link in the chain that leads elsewhere is seen', async () => {
    for (const [name, user] of [
      ['one', 'ada'],
      ['two', 'bea'],
    ] as const) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, name, 'state.json'), edited(user))
    }
    symlinkSync('one', join(folder, '..data'))
    symlinkSync('..data/state.json', stateFile())
    const { state, has } = await start(stateFile(), false)
    state.watch()
    symlinkSync('two', join(folder, '..new'))
    renameSync(join(folder, '..new'), join(folder, '..data'))
    expect(await until(() => has('bea'))).toBe(true)
  })

  test('is not overwritten by a write that was due, and keeps what it did not have', async () => {
    const { change, has, said } = await start()
    await sleep(60)
    change('ada')
    writeFileSync(stateFile(), edited('bea'))
    expect(await until(() => holds('ada')() && holds('bea')())).toBe(true)
    expect([has('ada'), has('bea')]).toEqual([true, true])
    expect(said).toEqual([expect.stringContaining('its state is served now, with the changes on top')])
  })

  test('that is broken is never overwritten, and its fix is taken over', async () => {
    const { state, change, has } = await start()
    writeFileSync(stateFile(), '{"users": [')
    change('ada')
    await sleep(100)
    expect(await state.close()).toBe(false)
    expect(readFileSync(stateFile(), 'utf8')).toBe('{"users": [')
    writeFileSync(stateFile(), edited('bea'))
    const next = await start()
    expect([next.has('ada'), next.has('bea'), has('bea')]).toEqual([true, true, false])
  })
})
