import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { ApiError, createMock } from './index.ts'

const ask = (mock: ReturnType<typeof createMock>, path: string, session = 'default') =>
  supertest(mock.app).get(`/v2${path}`).set({ api_key: 'special-key', 'X-Mock-Session': session })

test('putState replaces the collections that are given, without what the document does not know', async () => {
  const mock = createMock()
  const rex = { id: 70, name: 'Rex', photoUrls: [] }
  await mock.putState({ pets: [{ ...rex, extra: 1 } as typeof rex] })
  await ask(mock, '/pet/70').expect(200, rex)
  expect(mock.store.users.size).toBe(10)
  expect(mock.session('other').store.pets.has(70)).toBe(false)
})

test.each([
  [{ pets: [{ id: 1, name: 5, photoUrls: [] }] }, '/body/pets/0/name'],
  [{ users: [{ username: ' ' }] }, '/body/users/0/username'],
  [{ petz: [] }, '/body/petz'],
])('putState rejects %j with a pointer, and changes nothing', async (state, pointer) => {
  const mock = createMock()
  const before = mock.store.export()
  const refusal = await mock.putState(state as object).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ApiError)
  expect(refusal).toMatchObject({ status: 400, violations: [{ pointer }] })
  expect(mock.store.export()).toEqual(before)
})

test('snapshots are taken, compared, restored and removed', () => {
  const mock = createMock()
  mock.snapshots.take('before')
  mock.store.pets.delete(1)
  expect(mock.snapshots.diff('before').pets).toEqual({ added: [], removed: [1], changed: [] })
  expect(mock.snapshots.get('before').pets).toHaveLength(10)
  mock.snapshots.restore('before')
  expect(mock.store.pets.has(1)).toBe(true)
  expect(mock.snapshots.names()).toEqual(['before'])
  mock.snapshots.remove('before')
  expect(() => mock.snapshots.restore('before')).toThrow('Session default has no snapshot before. It has none.')
})

test('sessions are told apart, listed and ended', () => {
  const mock = createMock({ maxSessions: 1 })
  mock.session('a').startFrom('empty')
  expect(mock.session('a').store.pets.size).toBe(0)
  mock.session('b')
  expect(mock.sessions.ids()).toEqual(['default', 'b'])
  expect(mock.sessions.end('b')).toBe(true)
  expect([mock.sessions.standing('a'), mock.sessions.standing('b'), mock.sessions.standing('c')]).toEqual([
    { state: 'evicted', reason: 'cap' },
    { state: 'evicted', reason: 'ended' },
    { state: 'unknown' },
  ])
})

test('a domain is validated, the clock moved, the journal asked and exported, coverage merged', async () => {
  const mock = createMock()
  const [id = ''] = mock.store.domains.keys()
  expect(mock.validateDomain(id)).toMatchObject({ status: 'validated', active: true })
  expect(() => mock.validateDomain('nobody')).toThrow('There is no domain nobody.')
  mock.clock.advance(1_000)
  await ask(mock, '/pet/1').expect(200)
  await ask(mock, '/pet/2', 'other').expect(200)
  expect(mock.journal.find({ path: '/v2/pet/1' })).toMatchObject([{ at: '2030-01-01T00:00:01.000Z', status: 200 }])
  expect(mock.journal.verify({ request: { status: 404 }, exactly: 0 }).verified).toBe(true)
  expect(mock.journal.curl('http://localhost:1')).toContain("'http://localhost:1/v2/pet/1'")
  expect(mock.journal.har()).toMatchObject({ log: { version: '1.2', entries: [{ response: { status: 200 } }] } })
  expect(mock.journal.jest()).toContain('/v2/pet/1')
  expect(mock.coverage().cells()).toContainEqual({
    operationId: 'getPetById',
    kind: 'operation',
    name: 'GET /pet/{petId}',
    count: 2,
  })
  mock.reset('empty')
  expect(mock.store.pets.size).toBe(0)
})
