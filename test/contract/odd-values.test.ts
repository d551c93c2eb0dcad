import { describe, expect, test } from '@jest/globals'
import { runContract } from '../../src/contract/index.ts'
import { runDrift } from '../../src/drift/index.ts'
import { createMock } from '../../src/index.ts'

/** Code that makes a text or a number of it calls what it has sent, and throws. */
const ODD = { toString: 1, valueOf: null, toJSON: 'x', constructor: { name: {} }, length: -1 }

/** The mock, but each value under the name is an odd one; under `''` each body as a whole. */
function fetchWith(name: string) {
  const { fetch } = createMock()
  return async (url: string, init: RequestInit) => {
    const answer = await fetch(url, init)
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return answer
    const text = await answer.text()
    const value: unknown = JSON.parse(text, (at, inner: unknown) => (at === name ? ODD : inner))
    const { status, headers } = answer
    headers.delete('content-length')
    return new Response(JSON.stringify(value), { status, headers })
  }
}

const run = { apiKey: 'special-key', baseUrl: 'http://localhost/v2', depth: 'quick', sequences: 10 } as const

describe.each(['id', 'name'])('values that are no text, number or list at %j', (name) => {
  test('are failures', async () => {
    const report = await runContract({ ...run, mode: 'full', fetch: fetchWith(name) })
    expect([report.problem, report.verdict]).toEqual(['', 'fails'])
  })

  test('are differences', async () => {
    const report = await runDrift({ ...run, mode: 'owned', mock: createMock(), fetch: fetchWith(name) })
    expect([report.problem, report.verdict]).toEqual(['', 'differs'])
  })
})

test.each(['', '0', 'username', 'status', 'photoUrls', 'tags', 'category', 'available'])(
  'an odd %s is a failure where it is read',
  async (name) => {
    const report = await runContract({ ...run, mode: 'safe', fetch: fetchWith(name) })
    expect([report.problem, report.verdict]).toEqual(['', 'fails'])
  },
)
