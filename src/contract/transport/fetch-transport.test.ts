import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import { runContract } from '../index.ts'
import { openFetchTransport } from './fetch-transport.ts'

const KEY = { apiKey: 'special-key', mode: 'full', runId: '' } as const

test('a run by fetch of a mock gives the report of a run over a socket', async () => {
  const { url, close } = await createMock().listen()
  const overSocket = await runContract({ ...KEY, baseUrl: url })
  await close()
  const byFetch = await runContract({ ...KEY, baseUrl: url, fetch: createMock().fetch })
  expect(byFetch.verdict).toBe('conforms')
  expect({ ...byFetch, times: overSocket.times }).toEqual(overSocket)
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
