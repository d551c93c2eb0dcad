import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import supertest from 'supertest'
import { createMock } from '../../index.ts'
import type { Session } from './session.ts'
import { createSessions } from './sessions.ts'

const started: string[] = []
const start = (id: string) => {
  started.push(id)
  return { id } as Session
}

describe('createSessions', () => {
  test('an idle session leaves, and one that is used stays', () => {
    let now = 0
    const sessions = createSessions(start, { ttl: 10, max: 5, uptime: () => now })
    const first = sessions.get('a')
    sessions.get('b')
    now = 8
    expect(sessions.get('a')).toBe(first)
    now = 15
    expect(sessions.ids()).toEqual(['default', 'a'])
    expect(sessions.standing('b')).toEqual({ state: 'evicted', reason: 'idle' })
    expect(sessions.get('b')).not.toBe(first)
    expect(sessions.standing('b')).toEqual({ state: 'alive' })
  })

  test('the longest unused leaves beyond the cap, and never the default one', () => {
    const sessions = createSessions(start, { ttl: 10, max: 2, uptime: () => 0 })
    for (const id of ['a', 'b', 'a', 'c']) sessions.get(id)
    expect(sessions.ids()).toEqual(['default', 'a', 'c'])
    expect(sessions.standing('b')).toEqual({ state: 'evicted', reason: 'cap' })
  })

  test('what is remembered of sessions that left is bounded', () => {
    const sessions = createSessions(start, { ttl: 10, max: 1, uptime: () => 0 })
    for (let id = 0; id < 20_000; id++) sessions.get(`s${id}`)
    expect(sessions.standing('s0')).toEqual({ state: 'unknown' })
    expect(sessions.standing('s19998')).toEqual({ state: 'evicted', reason: 'cap' })
  })
})

const anyUse = fc.oneof(
  fc.record({ kind: fc.constant('get' as const), id: fc.constantFrom('a', 'b', 'c', 'd', 'default') }),
  fc.record({ kind: fc.constant('end' as const), id: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('wait' as const), id: fc.constant(''), time: fc.integer({ min: 1, max: 12 }) }),
)

test('sessions live, end and are ordered as in a list that is searched from end to end', () => {
  fc.assert(
    fc.property(fc.array(anyUse, { maxLength: 40 }), (uses) => {
      let now = 0
      let list: { id: string; usedAt: number }[] = []
      const ended: string[] = []
      const sessions = createSessions(start, { ttl: 10, max: 2, uptime: () => now }, ({ id }) => ended.push(id))
      const expected: string[] = []
      const keep = (isKept: (entry: (typeof list)[number]) => boolean) => {
        expected.push(...list.filter((entry) => !isKept(entry)).map(({ id }) => id))
        list = list.filter(isKept)
      }
      for (const { kind, id, ...rest } of uses) {
        if ('time' in rest) now += rest.time
        if (kind === 'end') {
          expect(sessions.end(id)).toBe(list.some((entry) => entry.id === id))
          keep((entry) => entry.id !== id)
        }
        keep(({ usedAt }) => now - usedAt <= 10)
        if (kind === 'get' && id !== 'default') {
          list = [...list.filter((entry) => entry.id !== id), { id, usedAt: now }]
          if (list.length > 2) keep((entry) => entry !== list[0])
        }
        if (kind === 'get') expect(sessions.get(id).id).toBe(id)
        expect(sessions.ids()).toEqual(['default', ...list.map((entry) => entry.id)])
        expect(ended).toEqual(expected)
      }
    }),
    { numRuns: 1_000 },
  )
})

const anyStep = fc.oneof(
  fc.record({
    method: fc.constant('delete' as const),
    path: fc.integer({ min: 1, max: 10 }).map((id) => `/pet/${id}`),
  }),
  fc.record({
    method: fc.constant('post' as const),
    path: fc.constant('/store/order'),
    body: fc.constant({ name: 'x' }),
  }),
  fc.record({
    method: fc.constant('post' as const),
    path: fc.constant('/domain'),
    body: fc.constant({ name: 'y.example' }),
  }),
  fc.record({
    method: fc.constant('post' as const),
    path: fc.constant('/user'),
    body: fc.record({ username: fc.constantFrom('user1', 'ada', 'bob'), phone: fc.string() }),
  }),
  fc.record({
    method: fc.constant('get' as const),
    path: fc.constantFrom(
      '/pet/1',
      '/store/inventory',
      '/user/ada',
      '/pet/findByTags?tags=tag1',
      '/user/login?username=z&password=z',
    ),
  }),
)
type Step = { readonly method: 'get' | 'post' | 'delete'; readonly path: string; readonly body?: object }

test('200 random sequences in parallel get what each gets alone', async () => {
  const sequences: Step[][] = fc.sample(fc.array(anyStep, { minLength: 5, maxLength: 15 }), { numRuns: 200, seed: 4 })
  const shared = createMock()
  const { url, close } = await shared.listen()
  const together = await Promise.all(sequences.map((steps, index) => runOver(url, steps, `s${index}`)))
  await close()
  for (const [index, steps] of sequences.entries()) expect(together[index]).toEqual(await runAlone(steps))
  expect(shared.defects).toEqual([])
}, 300_000)

async function runOver(url: string, steps: readonly Step[], session: string): Promise<string[]> {
  const answers: string[] = []
  for (const { method, path, body } of steps) {
    const response = await fetch(url + path, {
      method: method.toUpperCase(),
      headers: { api_key: 'special-key', 'X-Mock-Session': session, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    answers.push(`${response.status} ${await response.text()}`)
  }
  return answers
}

async function runAlone(steps: readonly Step[]): Promise<string[]> {
  const mock = createMock()
  const answers: string[] = []
  for (const { method, path, body } of steps) {
    const request = supertest(mock.app)[method](`/v2${path}`).set('api_key', 'special-key')
    const { status, text } = await (body ? request.send(body) : request)
    answers.push(`${status} ${text ?? ''}`)
  }
  return answers
}
