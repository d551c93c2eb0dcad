import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { streamOf } from '../fixtures/stream.ts'
import { pathOf } from '../src/openapi/package-files.ts'

/** How a run kills. */
export interface KillOptions {
  readonly kills: number
  /** Users in the state file before the first start. */
  readonly records: number
  /** The longest time, in milliseconds, between the ready line and a kill. */
  readonly longest: number
  readonly seed: number
  readonly onRound?: (round: number, result: KillResult) => void
}

/** The outcome of a run. */
export interface KillResult {
  /** Writes that were acknowledged. */
  acknowledged: number
  /** Writes that the mock did not have after a restart, in words. */
  readonly lost: string[]
}

/** The names that a user may have, undefined if it may be absent. There are two while a write is not acknowledged. */
type Expected = readonly (string | undefined)[]

const WRITERS = 4
/** The share of rounds that begin with a start that is killed. */
const KILLED_STARTS = 0.3
const JSON_TYPE = { 'Content-Type': 'application/json' }

/**
 * Kills a mock that saves at random moments while clients write, starts it again, and looks for writes that were
 * acknowledged and are gone. Writes are creations, changes, lists and deletions.
 */
export async function killOften({ kills, records, longest, seed, onRound }: KillOptions): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  const state = join(folder, 'state.json')
  writeFileSync(state, JSON.stringify({ users: Array.from({ length: records }, (_, index) => baseUser(index)) }))
  const random = streamOf(seed, 'kill', 'moments')
  const model = new Map<string, Expected>()
  const result: KillResult = { acknowledged: 0, lost: [] }
  try {
    for (let round = 1; round <= kills; round++) {
      if (random.next() < KILLED_STARTS) await killAtStart(state, random.next() * longest)
      const mock = await startMock(state)
      await verify(mock.url, model, result)
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(mock.url, writer, model, result, random))
      await sleep(random.next() * longest)
      mock.child.kill('SIGKILL')
      await Promise.all([...writers, mock.ended])
      onRound?.(round, result)
    }
    const mock = await startMock(state)
    await verify(mock.url, model, result)
    await verifyAll(mock.url, records, model, result)
    mock.child.kill('SIGTERM')
    const code = await mock.ended
    if (code !== 0) result.lost.push(`the last stop ended with ${code}`)
    return result
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const baseUser = (index: number) => ({
  username: `base-${index}`,
  firstName: 'Ada',
  email: `base-${index}@mail.example`,
})

const spawnMock = (state: string) => {
  const args = [
    pathOf('dist/bundle/cli.cjs'),
    '--port',
    '0',
    '--json',
    '--quiet',
    '--pack',
    'empty',
    '--save',
    '--state',
    state,
  ]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Kills a mock that may not have read its files yet. */
async function killAtStart(state: string, after: number): Promise<void> {
  const child = spawnMock(state)
  await sleep(after)
  child.kill('SIGKILL')
  await once(child, 'close')
}

async function startMock(state: string) {
  const child = spawnMock(state)
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([
    once(lines, 'line'),
    ended.then((code) => Promise.reject(new Error(`ended: ${code}`))),
  ])
  const { url } = JSON.parse(line) as { url: string }
  return { child, ended, url }
}

/** Writes one after the other until the mock is gone. Each writer has users of its own. */
async function write(
  url: string,
  writer: number,
  model: Map<string, Expected>,
  result: KillResult,
  random: { next(): number },
): Promise<void> {
  for (;;) {
    const number = Math.floor(random.next() * 200)
    const users = [0, 1, 2].map((more) => ({
      username: `w${writer}-${number + more}`,
      firstName: String(random.next()),
    }))
    const [first] = users
    if (first === undefined) return
    const way = random.next()
    const gone = way < 0.2
    const list = !gone && way < 0.4 ? users : [first]
    for (const { username, firstName } of list)
      model.set(username, [...(model.get(username) ?? [undefined]), gone ? undefined : firstName])
    try {
      const status = gone ? await remove(url, first.username) : await create(url, list)
      if (status !== 200 && !(gone && status === 404)) result.lost.push(`${first.username}: status ${status}`)
    } catch {
      return
    }
    result.acknowledged += 1
    for (const { username, firstName } of list) model.set(username, [gone ? undefined : firstName])
  }
}

async function create(url: string, users: readonly object[]): Promise<number> {
  const [path, body] = users.length > 1 ? ['/user/createWithList', users] : ['/user', users[0]]
  return (await fetch(url + path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })).status
}

const remove = async (url: string, username: string) =>
  (await fetch(`${url}/user/${username}`, { method: 'DELETE' })).status

/** Compares the written users with the model, which takes what is there as known from then on. */
async function verify(url: string, model: Map<string, Expected>, result: KillResult): Promise<void> {
  const names = [...model.keys()]
  const readers = Array.from({ length: WRITERS }, async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const { firstName } = (await (await fetch(`${url}/user/${name}`)).json()) as { firstName?: string }
      const expected = model.get(name) ?? []
      if (!expected.includes(firstName)) result.lost.push(`${name} is ${firstName}, not ${expected.join(' or ')}`)
      model.set(name, [firstName])
    }
  })
  await Promise.all(readers)
}

/** Nobody wrote to the first users. */
async function verifyAll(url: string, records: number, model: ReadonlyMap<string, Expected>, result: KillResult) {
  const { users } = (await (await fetch(new URL('/__admin/state', url))).json()) as { users: { username: string }[] }
  const kept = users.filter(({ username }) => username.startsWith('base-')).length
  const written = [...model.values()].filter(([is]) => is !== undefined).length
  if (kept !== records || users.length !== records + written)
    result.lost.push(`${users.length} users, of them ${kept} first ones, not ${records + written} and ${records}`)
}
