import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import { type ContractReport, runContract } from '../index.ts'
import { openFetchTransport } from './fetch-transport.ts'

/** A usual run sends many requests at the same time, and the transport decides in which order they are carried out. */
const KEY = { apiKey: 'special-key', mode: 'full', runId: '', depth: 'quick' } as const

/** The report without its times, without the commands that name the address, and without the number of errors. */
function comparable({ times: _times, command: _command, checks, findings, ...rest }: ContractReport) {
  return {
    ...rest,
    checks: checks.map((check) => (check.id === 'leak' ? { ...check, applied: NaN } : check)),
    findings: findings.map(({ replay: _replay, ...finding }) => finding),
  }
}

/** The errors that were searched for the key. */
const errorsIn = ({ checks }: ContractReport) => checks.find(({ id }) => id === 'leak')?.applied ?? NaN

test('a run by fetch of a mock gives the report of a run over a socket', async () => {
  const { url, close } = await createMock().listen()
  const overSocket = await runContract({ ...KEY, baseUrl: url })
  await close()
  const byFetch = await runContract({ ...KEY, baseUrl: url, fetch: createMock().fetch })
  expect(byFetch.verdict).toBe('conforms')
  expect(comparable(byFetch)).toEqual(comparable(overSocket))
  // The one pair of a quick run, an update and a deletion, may come in either order: the update is refused, or not.
  expect(Math.abs(errorsIn(byFetch) - errorsIn(overSocket))).toBeLessThanOrEqual(1)
})

test('a fetch that never answers is given up, and one that rejects is told of', async () => {
  const never = openFetchTransport((_url, { signal }) => rejectOnAbort(signal), 'http://x.example', {
    timeoutMs: 20,
    maxBytes: 10,
  })
  const request = { method: 'GET', path: '/', headers: {} }
  expect(await never.send(request)).toEqual({ answer: undefined, failure: 'no answer within 20 ms', code: 'LATE' })
  const broken = openFetchTransport(() => Promise.reject(new TypeError('fetch failed')), 'http://x.example', {
    timeoutMs: 1000,
    maxBytes: 10,
  })
  expect(await broken.send(request)).toEqual({ answer: undefined, failure: 'fetch failed', code: 'BROKEN_OFF' })
})

const rejectOnAbort = (signal: RequestInit['signal']) =>
  new Promise<never>((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
