import { type Application, makeApplication } from '../../../contract-tests/mutants/server/application.ts'
import type { Incoming } from '../../../contract-tests/mutants/server/handling.ts'
import { listen } from '../../../contract-tests/mutants/server/listen.ts'
import type { Seams } from '../../../contract-tests/mutants/server/seams.ts'
import type { Records } from '../../../contract-tests/mutants/server/store.ts'
import { createMock } from '../../index.ts'
import type { MockOptions } from '../options.ts'
import type { UpstreamOptions } from './upstream-options.ts'

export const KEY = { api_key: 'special-key' }

/** A live server, and what it was asked. */
export interface TestedLive {
  readonly url: string
  readonly log: Incoming[]
  readonly application: Application
  readonly close: () => Promise<void>
}

/** Starts the independent server of the contract tests as a live one. */
export async function startLive(seams: readonly Seams[] = [], records?: Records): Promise<TestedLive> {
  const log: Incoming[] = []
  const application = makeApplication({ seams, ...(records && { records }) })
  const answer = (request: Incoming) => {
    log.push(request)
    return application.answer(request)
  }
  const { url, close } = await listen({ ...application, answer })
  return { url, log, application, close }
}

/** An answer as a client sees it. */
export interface Seen {
  readonly status: number
  readonly source: string | null
  readonly reason: string | null
  readonly type: string | null
  readonly value: unknown
  readonly text: string
}

/** A mock in front of a live server, and a short way to ask it. */
export function mockBefore(url: string, upstream: Partial<UpstreamOptions> = {}, options: MockOptions = {}) {
  const mock = createMock({ ...options, upstream: { url, timeoutMs: 2_000, ...upstream } })
  const ask = async (method: string, path: string, init: { headers?: Record<string, string>; body?: string } = {}) =>
    seenOf(await mock.fetch(`/v2${path}`, { method, ...init, headers: { ...KEY, ...init.headers } }))
  const send = (method: string, path: string, value: unknown) =>
    ask(method, path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
  return {
    mock,
    ask,
    send,
    get: (path: string, headers?: Record<string, string>) => ask('GET', path, { headers: headers ?? {} }),
  }
}

export async function seenOf(response: Response): Promise<Seen> {
  const text = await response.text()
  const { headers, status } = response
  return {
    status,
    source: headers.get('x-mock-source'),
    reason: headers.get('x-mock-reason'),
    type: headers.get('content-type'),
    value: jsonOf(text),
    text,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
