import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { startServer } from '../../../contract-tests/mutants/start-server.ts'
import { mockBefore, startLive, type TestedLive } from './live.test.support.ts'

let live: TestedLive
beforeEach(async () => {
  live = await startLive()
})
afterEach(() => live.close())

const methodsOf = ({ log }: TestedLive) => [...new Set(log.map(({ method }) => method))]
const FORM = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=rex' }

test('a pet is the live one, which says so', async () => {
  const { get, mock } = mockBefore(live.url)
  const seen = await get('/pet/1')
  expect(seen).toMatchObject({ status: 200, source: 'live', reason: null, value: { id: 1, name: 'Biscuit' } })
  expect(mock.store.pets.get(1)).toMatchObject({ name: 'Biscuit' })
  expect(mock.defects).toEqual([])
})

test('a pet that was changed here is answered here, and stays as it is on the live server', async () => {
  const { ask, get } = mockBefore(live.url)
  expect(await ask('POST', '/pet/1', FORM)).toMatchObject({ status: 200, source: 'mock', reason: 'mocked' })
  expect(await get('/pet/1')).toMatchObject({ source: 'mock', reason: 'changed-here', value: { id: 1, name: 'rex' } })
  expect(methodsOf(live)).toEqual(['GET'])
})

test('a pet that was deleted here stays deleted here', async () => {
  const { ask, get } = mockBefore(live.url)
  expect(await ask('DELETE', '/pet/2')).toMatchObject({ status: 200 })
  expect(await get('/pet/2')).toMatchObject({ status: 404, source: 'mock', reason: 'changed-here' })
  expect(methodsOf(live)).toEqual(['GET'])
})

test('when the live server is down, what was seen is answered, and what was not is a 502 that says why', async () => {
  const { get } = mockBefore(live.url)
  const before = await get('/pet/1')
  expect((await get('/pet/99')).status).toBe(404)
  await live.close()
  expect(await get('/pet/1')).toMatchObject({ status: 200, source: 'mock', reason: 'down', value: before.value })
  expect((await get('/pet/99')).status).toBe(404)
  const unknown = await get('/pet/3')
  expect(unknown).toMatchObject({ status: 502, source: 'mock', reason: 'down', type: 'application/problem+json' })
  expect(unknown.text).toContain('refuses connections')
})

test('a list shows the live pets and the changes that were made here', async () => {
  const { ask, get, send } = mockBefore(live.url)
  const sold = await get('/pet/findByStatus?status=sold')
  expect(sold).toMatchObject({ source: 'live', reason: null })
  const [first, second] = sold.value as { id: number; name: string }[]
  await ask('DELETE', `/pet/${first?.id}`)
  await send('PUT', '/domain', { ...second, name: 'rex' })
  const pending = (await get('/pet/findByStatus?status=pending')).value as { id: number }[]
  await send('PUT', '/domain', { ...pending[0], status: 'sold' })
  const now = await get('/pet/findByStatus?status=sold')
  expect(now).toMatchObject({ status: 200, source: 'mock', reason: 'changed-here' })
  const ids = (now.value as { id: number }[]).map(({ id }) => id)
  expect(ids).not.toContain(first?.id)
  expect(ids).toContain(pending[0]?.id)
  expect(now.value).toContainEqual({ ...second, name: 'rex' })
  expect(((await get('/pet/findByStatus?status=pending')).value as { id: number }[]).map(({ id }) => id)).not.toContain(
    pending[0]?.id,
  )
})

test('the inventory is the live one with the changes that were made here', async () => {
  const { ask, get } = mockBefore(live.url)
  const before = (await get('/store/inventory')).value as Record<string, number>
  const sold = (await get('/pet/findByStatus?status=sold')).value as { id: number }[]
  await ask('DELETE', `/pet/${sold[0]?.id}`)
  const after = await get('/store/inventory')
  expect(after).toMatchObject({ source: 'mock', reason: 'changed-here' })
  expect(after.value).toEqual({ ...before, sold: (before.sold ?? 0) - 1 })
  await live.close()
  expect(await get('/store/inventory')).toMatchObject({ reason: 'down', value: after.value })
})

const BEYOND = '9223372036854775807'

test.each([
  ['application/json', `"id":${BEYOND}`],
  ['application/xml', `<id>${BEYOND}</id>`],
])('a changed list in %s shows an id beyond 2^53 as the live server does', async (accept, shown) => {
  const far = await startServer({ variant: 'ids-beyond-2-53' })
  const { ask, get, mock } = mockBefore(far.url)
  await ask('POST', '/pet/1', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'name=rex&status=sold',
  })
  const { status, reason, type, text } = await get('/pet/findByStatus?status=available,sold', { accept })
  expect([status, reason, type]).toEqual([200, 'changed-here', accept])
  expect(text).toContain(shown)
  expect(text).toContain('rex')
  expect(mock.defects).toEqual([])
  await far.close()
})
