import { gzipSync } from 'node:zlib'
import { withHeaders } from '../alter.ts'
import type { Answer, Handling } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Variant } from '../variant.ts'

const answers =
  (change: (answer: Answer, handling: Handling) => Partial<Answer>): (() => Seams) =>
  () => ({
    answer: (handling, next) => {
      const answer = next()
      return { ...answer, ...change(answer, handling) }
    },
  })

/** Puts requests off now and then, with the time to wait. */
const busyEvery = (requests: number, status: number, retryAfter: string) => (): Seams => {
  let count = 0
  return {
    answer: (_handling, next) => {
      count += 1
      return count % requests === 0 ? { status, headers: { 'Retry-After': retryAfter }, body: Buffer.alloc(0) } : next()
    },
  }
}

/** A quality of zero refuses a coding (RFC 9110, section 12.4.2). */
const acceptsGzip = (header: string | undefined) =>
  /(^|,)\s*gzip\s*(;\s*q=(1|0\.\d*[1-9])[\d.]*\s*)?(,|$)/i.test(header ?? '')

const EMPTY: Answer = { status: 200, headers: {}, body: Buffer.alloc(0) }

const BAD_GATEWAY: Partial<Answer> = {
  status: 502,
  headers: { 'Content-Type': 'text/html' },
  body: Buffer.from('<h1>502 Bad Gateway</h1>'),
}

/** Answers every nth request before the server sees it. */
const insteadOfEvery = (requests: number, answer: Partial<Answer>) => (): Seams => {
  let count = 0
  return {
    answer: (_handling, next) => {
      count += 1
      return count % requests === 0 ? { ...EMPTY, ...answer } : next()
    },
  }
}

/** Other ways over the wire. */
export const transportVariants: readonly Variant[] = [
  {
    id: 'chunked',
    summary: 'Answers come in small chunks, without a length.',
    seams: answers(() => ({ chunked: true })),
  },
  { id: 'slow', summary: 'Answers take some milliseconds.', seams: answers(() => ({ delayMs: 3 })) },
  {
    id: 'connection-closed',
    summary: 'Each answer ends its connection.',
    seams: answers((answer) => ({ headers: withHeaders(answer, { Connection: 'close' }) })),
  },
  { id: 'no-date', summary: 'Answers have no Date.', seams: answers(() => ({ undated: true })) },
  {
    id: 'lower-case-headers',
    summary: 'Header names are in lower case.',
    seams: answers(({ headers }) => ({
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text])),
    })),
  },
  {
    id: 'compressed',
    summary: 'Bodies are compressed for those who accept it.',
    seams: answers((answer, { request }) =>
      answer.body.length > 0 && acceptsGzip(request.headers['accept-encoding'])
        ? { headers: withHeaders(answer, { 'Content-Encoding': 'gzip' }), body: gzipSync(answer.body) }
        : {},
    ),
  },
  {
    id: 'busy-now-and-then',
    summary: 'Every 23rd request is put off with Retry-After.',
    seams: busyEvery(23, 503, '0'),
  },
  {
    id: 'limited-now-and-then',
    summary: 'Every 19th request is one too many, until a date that is past.',
    seams: busyEvery(19, 429, 'Thu, 01 Jan 2026 00:00:00 GMT'),
  },
  {
    id: 'gateway-now-and-then',
    summary: 'A gateway answers every 31st request with 502 before the server sees it.',
    seams: insteadOfEvery(31, BAD_GATEWAY),
  },
  {
    id: 'gateway-times-out',
    summary: 'Every 29th request takes longer than its gateway waits: 504.',
    seams: insteadOfEvery(29, { ...BAD_GATEWAY, status: 504 }),
  },
  {
    id: 'connection-lost-now-and-then',
    summary: 'Every 37th request ends in a reset connection.',
    seams: insteadOfEvery(37, { cut: true }),
  },
]
