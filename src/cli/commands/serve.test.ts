import { expect, test } from '@jest/globals'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import { type Config, readCommand } from '../options/read-command.ts'
import type { StopSignal, Terminal } from '../output/terminal.ts'
import { serve } from './serve.ts'
import type { Start } from './start-or-explain.ts'

const exchange: ExchangeSummary = { method: 'GET', target: '/v2/pet/1', status: 200, milliseconds: 1, violations: [] }

function configOf(...argv: string[]): Config {
  const command = readCommand(argv, {})
  if (command.kind !== 'serve') throw new Error(JSON.stringify(command))
  return command.config
}

/** A terminal that keeps what is written, and whose signals the test sends. */
function fakeTerminal() {
  const seen = { out: '', err: '', exits: [] as number[] }
  const listeners: ((signal: StopSignal) => void)[] = []
  const terminal: Terminal = {
    out: { write: (text) => (seen.out += text) },
    err: { write: (text) => (seen.err += text) },
    pid: 42,
    keyboard: false,
    groups: true,
    onSignal: (listener) => listeners.push(listener),
    exit: (code) => seen.exits.push(code),
  }
  const send = (signal: StopSignal) => {
    for (const listener of listeners) listener(signal)
  }
  return { seen, terminal, send }
}

/** Starts nothing; the exchanges are reported at once. */
function fakeStart({
  exchanges = [exchange],
  exposed = false,
  close = () => Promise.resolve(),
  isSaved = true,
} = {}): Start {
  return async (_config, onExchange) => {
    exchanges.forEach(onExchange)
    const where = { url: 'http://127.0.0.1:4010/v2', port: 4010, exposed }
    return { ...where, close, pets: 10, firstPet: 1, isSaved: () => isSaved }
  }
}

/** Serves until everything that happens by itself has happened, then stops. */
async function serveOnce(config: Config, start: Start) {
  const { seen, terminal, send } = fakeTerminal()
  const served = serve(config, terminal, start)
  await new Promise(setImmediate)
  send('SIGTERM')
  return { ...seen, code: await served }
}

test('serve closes nothing before a signal', async () => {
  const { terminal, send } = fakeTerminal()
  let closed = false
  const close = async () => {
    closed = true
  }
  const served = serve(configOf(), terminal, fakeStart({ close }))
  await new Promise(setImmediate)
  expect(closed).toBe(false)
  send('SIGINT')
  await served
  expect(closed).toBe(true)
})

test('serve ends with 1 if the state file does not have the state', async () => {
  expect((await serveOnce(configOf(), fakeStart({ isSaved: false }))).code).toBe(1)
})

test('serve says that it is ready on stdout, logs on stderr, and ends with 0 at a signal', async () => {
  const { out, err, code } = await serveOnce(configOf(), fakeStart())
  expect(out).toMatch(
    /^inboxes-mock ready at http:\/\/127\.0\.0\.1:4010\/v2\nTry: .+\nAPI key: special-key\nIn a browser: .+\n$/,
  )
  expect(err).toMatch(/^[\d:]{8} GET +\/v2\/pet\/1 +200 +1 ms\n$/)
  expect(code).toBe(0)
})

test('serve --json writes JSON lines', async () => {
  const { out, err } = await serveOnce(configOf('--json'), fakeStart())
  expect(JSON.parse(out)).toMatchObject({ event: 'ready', pid: 42 })
  expect(JSON.parse(err)).toMatchObject({ event: 'request', status: 200 })
})

test('serve --quiet writes the ready line and no request, but for a defect', async () => {
  const defective = { ...exchange, status: 500, defect: 'getPetById: /name is missing' }
  const { out, err } = await serveOnce(configOf('--quiet'), fakeStart({ exchanges: [exchange, defective] }))
  expect(out).toBe('inboxes-mock ready at http://127.0.0.1:4010/v2\n')
  expect(err).toMatch(/^[\d:]{8} GET +\/v2\/pet\/1 +500 .*getPetById: \/name is missing\n$/)
})

test('serve warns in one line if other machines may reach it', async () => {
  const { err } = await serveOnce(configOf('--host', '0.0.0.0'), fakeStart({ exchanges: [], exposed: true }))
  expect(err).toBe(
    'Listening on 0.0.0.0: other machines may reach this mock. Leave out --host to keep it to this one.\n',
  )
})

test('serve gives the exit code of a start that failed', async () => {
  const { terminal, seen } = fakeTerminal()
  const busy: Start = () => Promise.reject(Object.assign(new Error(), { code: 'EADDRINUSE', syscall: 'listen' }))
  expect(await serve(configOf(), terminal, busy)).toBe(3)
  expect(seen).toMatchObject({ out: '', err: expect.stringMatching(/^Port 4010 is in use\. .*\n$/) })
})

test('serve rejects with an unexpected error', async () => {
  const broken: Start = () => Promise.reject(new Error('on purpose'))
  await expect(serve(configOf(), fakeTerminal().terminal, broken)).rejects.toThrow('on purpose')
})

test.each<[StopSignal, StopSignal, number]>([
  ['SIGINT', 'SIGINT', 130],
  ['SIGINT', 'SIGTERM', 143],
])('serve waits for the drain, and after %s and %s exits with %i at once', async (first, second, code) => {
  const { seen, terminal, send } = fakeTerminal()
  serve(configOf(), terminal, fakeStart({ close: () => new Promise<void>(() => {}) }))
  await new Promise(setImmediate)
  send(first)
  expect(seen.exits).toEqual([])
  send(second)
  expect(seen.exits).toEqual([code])
})

test.each([
  [
    'cannot be opened',
    'there is no display',
    /^The page was not opened: there is no display\. Open \S+:4010\/ yourself\.\n$/,
  ],
  ['is opened', undefined, /^$/],
])('with --open a page that %s is at most one line, and the mock goes on', async (_what, reason, expected) => {
  const { seen, terminal, send } = fakeTerminal()
  const opened: string[] = []
  const open = async (url: string) => {
    opened.push(url)
    return reason
  }
  const served = serve(configOf('--open'), { ...terminal, open }, fakeStart({ exchanges: [] }))
  await new Promise(setImmediate)
  send('SIGTERM')
  expect(await served).toBe(0)
  expect(opened).toEqual(['http://127.0.0.1:4010/'])
  expect(seen.err).toMatch(expected)
})
