import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { spawnCli } from '../cli/process.test.support.ts'
import { pathOf } from '../package-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const stateFile = () => join(folder, 'state.json')

async function started(...args: string[]) {
  const cli = spawnCli(['--port', '0', '--json', ...args])
  const { url } = JSON.parse(await cli.firstLine()) as { url: string }
  const call = (method: string, path: string, body?: unknown) =>
    fetch(url + path, {
      method,
      headers: { api_key: 'special-key', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
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

  test('after kill -9 the file is whole and holds every write but the very latest', async () => {
    const cli = await started('--state', stateFile(), '--save')
    let acknowledged = 0
    const writing = (async () => {
      for (;;) {
        await cli.call('POST', '/user', { username: `user-${acknowledged}` })
        acknowledged += 1
      }
    })().catch(() => {})
    await until(() => acknowledged > 50)
    const safe = acknowledged
    await sleep(100)
    cli.child.kill('SIGKILL')
    await writing
    const { users } = JSON.parse(readFileSync(stateFile(), 'utf8')) as { users: { username: string }[] }
    expect(users.filter(({ username }) => username.startsWith('user-')).length).toBeGreaterThanOrEqual(safe)
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

test('a state file that is not there is named', async () => {
  const { ended, written } = spawnCli(['--port', '0', '--state', stateFile()])
  expect(await ended).toBe(1)
  expect(written.err).toContain('does not exist. Name a file that does, or add --save to begin it.')
})

test('an edit of the state file is taken over, and a broken one is not', async () => {
  writeFileSync(stateFile(), '{"pets": []}')
  const cli = await started('--state', stateFile())
  const names = async () =>
    ((await (await cli.call('GET', '/pet/findByStatus?status=sold')).json()) as { name: string }[]).map(
      ({ name }) => name,
    )
  expect(await names()).toEqual([])
  const pets = JSON.stringify({ pets: [{ id: 1, name: 'edited', photoUrls: [], status: 'sold' }] })
  writeFileSync(join(folder, 'new'), pets)
  renameSync(join(folder, 'new'), stateFile())
  expect(await until(async () => (await names()).includes('edited'))).toBe(true)
  writeFileSync(stateFile(), pets.slice(0, 20))
  expect(await until(() => cli.written.err.includes('The state before it is still served.'))).toBe(true)
  expect(await names()).toEqual(['edited'])
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(0)
})

test('an edit of the document is enforced with the state kept, and a broken one is not', async () => {
  const document = join(folder, 'openapi.yaml')
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
  writeFileSync(document, text)
  const cli = await started('--document', document)
  await cli.call('DELETE', '/pet/1')
  const find = async () => (await cli.call('GET', '/pet/findByStatus?status=lost')).status
  expect(await find()).toBe(400)
  writeFileSync(document, text.replaceAll('enum: [available, pending, sold]', 'enum: [available, pending, lost]'))
  expect(await until(async () => (await find()) === 200)).toBe(true)
  expect((await cli.call('GET', '/pet/1')).status).toBe(404)
  expect(await until(() => /\/pets\/\d+\/status no longer conforms/.test(cli.written.err))).toBe(true)
  writeFileSync(document, 'openapi: [')
  expect(await until(() => cli.written.err.includes('The document before it is still enforced.'))).toBe(true)
  expect(await find()).toBe(200)
  cli.child.kill('SIGTERM')
  expect(await cli.ended).toBe(0)
})
