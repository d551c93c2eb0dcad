import type { Clock } from '../../clock.ts'
import type { MockResponse } from '../../exchange/response.ts'
import { documentedRefusals } from '../documented.ts'
import type { RateLimitStep } from '../fault.ts'
import type { FaultKind } from '../kind.ts'
import { refuseDocumented } from '../refuse-documented.ts'

/** Refuses the requests beyond a limit in each window of the session's clock. It lasts until the fault is removed. */
export const rateLimit: FaultKind<RateLimitStep> = {
  required: ['limit', 'window'],
  optional: [],
  lasting: true,
  check: ({ limit, window }, operations, invalid) => {
    if (limit < 0 || limit >= 2 ** 31) throw invalid('limit', 'an integer from 0 to 2147483647 (int32)')
    if (window < 1) throw invalid('window', '1 millisecond or more')
    const without = operations.find((operation) => !documentedRefusals(operation).includes(429))
    if (without) throw invalid('kind', `another one for ${without.id}, which documents no 429`)
  },
  start: ({ limit, window }, { clock }) => {
    const waitOf = createWindow(limit, window, clock)
    return (operation) => {
      const wait = waitOf()
      if (wait === 0) return { change: (response) => withLimit(response, limit) }
      const seconds = Math.ceil(wait / 1000)
      const detail = `There are ${limit} requests in ${window} ms. Ask again in ${seconds} s.`
      const headers = { 'Retry-After': String(seconds), 'X-Rate-Limit': String(limit) }
      const refusal = refuseDocumented(operation, 429, detail, headers)
      return refusal ? { refusal } : {}
    }
  },
}

/** Counts requests; gives the milliseconds to wait, 0 where there is nothing to wait for. */
function createWindow(limit: number, length: number, clock: () => Clock): () => number {
  let start = Number.NEGATIVE_INFINITY
  let count = 0
  return () => {
    const now = clock().now()
    if (now < start || now >= start + length) {
      start = now
      count = 0
    }
    count += 1
    return count <= limit ? 0 : start + length - now
  }
}

/** A response that documents the limit tells this one. */
function withLimit(response: MockResponse, limit: number): MockResponse {
  if (response.headers['X-Rate-Limit'] === undefined) return response
  return { ...response, headers: { ...response.headers, 'X-Rate-Limit': String(limit) } }
}
