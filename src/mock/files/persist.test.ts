import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { streamOf } from '../../../fixtures/stream.ts'
import { spawnCli } from '../../cli/process.test.support.ts'
import { pathOf } from '../../openapi/package-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const stateFile = () => join(folder, 'state.json')

async function started(...args: string[]) {
  const cli = spawnCli(['--port', '0', '--json', ...args])
  const { url } = JSON.parse(await cli.firstLine()) as { url: string }
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method,
      headers: {
        api_key: 'special-key',
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return { ...cli, call }
}

/** Waits for a fact that another process brings about; it gives up after a while. */
async function until(fact: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    if (await fact()) return true
    await sleep(10)
  }
  return false
}

describe('--save', () => {
  test('a state survives the process, and gives the same bytes again', async () => {
    const first = await started('--state', stateFile(), '--save')
    expect((await first.call('POST', '/user', { username: 'ada', firstName: 'Ada' })).status).toBe(200)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    const saved = readFileSync(stateFile(), 'utf8')
    const second = await started('--state', stateFile(), '--save')
    expect(await (await second.call('GET', '/user/ada')).json()).toEqual({ username: 'ada', firstName: 'Ada' })
    second.child.kill('SIGTERM')
    await second.ended
    expect(readFileSync(stateFile(), 'utf8')).toBe(saved)
  })

  test('after kill -9 at any moment the file is whole, and the next start has every acknowledged write', async () => {
    const random = streamOf(9, 'kill', 'moments')
    let acknowledged = 0
    for (let round = 0; round < 3; round++) {
      const cli = await started('--state', stateFile(), '--save')
      const { status } = await cli.call('GET', `/user/user-${acknowledged - 1}`)
      expect(status).toBe(round === 0 ? 404 : 200)
      const before = acknowledged
      const writing = (async () => {
        for (;;) {
          await cli.call('POST', '/user', { username: `user-${acknowledged}`, firstName: 'x'.repeat(9_000) })
          acknowledged += 1
        }
      })().catch(() => {})
      await until(() => acknowledged > before + 3)
      await sleep(random.next() * 90)
      cli.child.kill('SIGKILL')
      await Promise.all([writing, cli.ended])
      expect(JSON.parse(readFileSync(stateFile(), 'utf8'))).toHaveProperty('users')
    }
    const last = await started('--state', stateFile(), '--save')
    for (let number = 0; number < acknowledged; number++)
      expect((await last.call('GET', `/user/user-${number}`)).status).toBe(200)
    last.child.kill('SIGTERM')
    expect(await last.ended).toBe(0)
    expect(readdirSync(folder)).toEqual(['state.json'])
  })

  test('an edit is not overwritten, however broken, and is served after the fix', async () => {
    const cli = await started('--state', stateFile(), '--save')
    writeFileSync(stateFile(), '{"pets": [')
    expect(await until(() => cli.written.err.includes('The state before it is still served.'))).toBe(true)
    expect((await cli.call('DELETE', '/pet/1')).status).toBe(200)
    const fixed = '{"pets": [{"id": 70, "name": "Rex", "photoUrls": []}]}'
    await sleep(200)
    expect(readFileSync(stateFile(), 'utf8')).toBe('{"pets": [')
    writeFileSync(stateFile(), fixed)
    expect(await until(async () => (await cli.call('GET', '/pet/70')).status === 200)).toBe(true)
    expect((await cli.call('DELETE', '/pet/70')).status).toBe(200)
    const kept = () => (JSON.parse(readFileSync(stateFile(), 'utf8')) as { pets: unknown[] }).pets
    expect(await until(() => kept().length === 0)).toBe(true)
    cli.child.kill('SIGTERM')
    expect(await cli.ended).toBe(0)
  })

  test('no other file is left behind', async () => {
    const cli = await started('--state', stateFile(), '--save')
    await cli.call('DELETE', '/pet/1')
    cli.child.kill('SIGTERM')
    await cli.ended
    expect(readdirSync(folder)).toEqual(['state.json'])
  })
})

test.each([
  ['{"pets": [', 'well-formed JSON (it '],
  ['{"pets": [{"id": 1, "photoUrls": []}]}', '#/pets/0/name must be string'],
  ['{"users": [{}]}', '#/users/0/username must be a username that is not blank'],
  ['[]', 'must be object'],
])('a damaged file %s is refused with its place, and never overwritten', async (text, message) => {
  writeFileSync(stateFile(), text)
  const { ended, written } = spawnCli(['--port', '0', '--state', stateFile(), '--save'])
  expect(await ended).toBe(1)
  expect(written.err).toContain(message)
  expect(written.err.trim().split('\n')).toHaveLength(1)
  expect(readFileSync(stateFile(), 'utf8')).toBe(text)
})

test('sessions and resets start from the state file', async () => {
  writeFileSync(stateFile(), '{"pets": [{"id": 70, "name": "Rex", "photoUrls": []}]}')
  const cli = await started('--state', stateFile())
  const inSession = (path: string) => cli.call('GET', path, undefined, { 'X-Mock-Session': 'other' })
  expect((await inSession('/pet/70')).status).toBe(200)
  expect((await inSession('/pet/1')).status).toBe(404)
  expect((await cli.call('DELETE', '/pet/70')).status).toBe(200)
  expect((await cli.call('POST', '/../__admin/reset')).status).toBe(200)
  expect((await cli.call('GET', '/pet/70')).status).toBe(200)
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(0)
})

test('a state file that is not there is named', async () => {
  const { ended, written } = spawnCli(['--port', '0', '--state', stateFile()])
  expect(await ended).toBe(1)
  expect(written.err).toContain('does not exist. Name a file that does, or add --save to begin it.')
})

/** The ways in which editors write: into the file itself, or into another that takes its place. */
const EDITS: readonly (readonly [string, (path: string, text: string) => void])[] = [
  ['in place', writeFileSync],
  [
    'by another file in its place',
    (path, text) => {
      writeFileSync(`${path}~`, text)
      renameSync(`${path}~`, path)
    },
  ],
]

test.each(EDITS)('an edit of the state file %s is taken over, and a broken one is not', async (_how, edit) => {
  writeFileSync(stateFile(), '{"pets": []}')
  const cli = await started('--state', stateFile())
  const names = async () =>
    ((await (await cli.call('GET', '/pet/findByStatus?status=sold')).json()) as { name: string }[]).map(
      ({ name }) => name,
    )
  expect(await names()).toEqual([])
  const pets = JSON.stringify({ pets: [{ id: 1, name: 'edited', photoUrls: [], status: 'sold' }] })
  edit(stateFile(), pets)
  expect(await until(async () => (await names()).includes('edited'))).toBe(true)
  edit(stateFile(), pets.slice(0, 20))
  expect(await until(() => cli.written.err.includes('The state before it is still served.'))).toBe(true)
  expect(await names()).toEqual(['edited'])
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(0)
})

test.each(EDITS)(
  'an edit of the document %s is enforced with the state kept, and a broken one is not',
  async (_how, edit) => {
    const document = join(folder, 'openapi.yaml')
    const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
    writeFileSync(document, text)
    const cli = await started('--document', document)
    await cli.call('DELETE', '/pet/1')
    const find = async () => (await cli.call('GET', '/pet/findByStatus?status=lost')).status
    expect(await find()).toBe(400)
    edit(document, text.replaceAll('enum: [available, pending, sold]', 'enum: [available, pending, lost]'))
    expect(await until(async () => (await find()) === 200)).toBe(true)
    expect((await cli.call('GET', '/pet/1')).status).toBe(404)
    expect(await until(() => /\/pets\/\d+\/status no longer conforms/.test(cli.written.err))).toBe(true)
    edit(document, 'openapi: [')
    expect(await until(() => cli.written.err.includes('The document before it is still enforced.'))).toBe(true)
    expect(await find()).toBe(200)
    cli.child.kill('SIGTERM')
    expect(await cli.ended).toBe(0)
  },
)
