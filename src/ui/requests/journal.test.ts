import { expect, test } from '@jest/globals'
import { EMPTY, lastIdOf, merged, reloaded, type SeenRequest, withEntries, withMissed, without } from './journal.ts'

const request = (
  id: number,
  session = 'default',
  at = `2030-01-01T00:00:${String(id % 60).padStart(2, '0')}Z`,
): SeenRequest => ({
  id,
  session,
  at,
  method: 'GET',
  target: `/v2/pet/${id}`,
  headers: {},
  status: 200,
  admitted: true,
  violations: [],
  unknownQuery: [],
})
const idsOf = (entries: readonly SeenRequest[]) => entries.map(({ id, session }) => `${id}${session[0]}`)

test('an entry that comes twice is shown once', () => {
  const shown = withEntries(withEntries(EMPTY, [request(1), request(2)]), [request(2), request(3)])
  expect(idsOf(shown.entries)).toEqual(['1d', '2d', '3d'])
})

test('sessions count on their own', () => {
  const shown = withEntries(withEntries(EMPTY, [request(1)]), [request(1, 'other')])
  expect(idsOf(shown.entries)).toEqual(['1d', '1o'])
})

test('an id that comes again for another request tells that the journal was cleared', () => {
  const shown = withEntries(withEntries(EMPTY, [request(1), request(2), request(1, 'other')]), [
    request(1, 'default', '2031-01-01T00:00:00Z'),
  ])
  expect(idsOf(shown.entries)).toEqual(['1o', '1d'])
})

test('the list keeps 1,000 requests, and counts the others', () => {
  const all = Array.from({ length: 1_500 }, (_one, at) => request(at + 1))
  const shown = withEntries(EMPTY, all)
  expect([shown.entries.length, shown.entries[0]?.id, shown.forgotten]).toEqual([1_000, 501, 500])
})

test('the journals of sessions are one list in the order of time', () => {
  const shown = merged([
    { session: 'default', requests: [request(1), request(3)], forgotten: 2 },
    { session: 'other', requests: [request(2)], forgotten: 0 },
  ])
  expect(idsOf(shown.entries)).toEqual(['1d', '2o', '3d'])
  expect(shown.forgotten).toBe(2)
  expect(lastIdOf(shown, 'other')).toBe(2)
  expect(idsOf(without(shown, ['default']).entries)).toEqual(['2o'])
})

test('requests that came too fast are counted as not kept', () => {
  expect(withMissed(withEntries(EMPTY, [request(1)]), 42)).toMatchObject({ entries: [{ id: 1 }], forgotten: 42 })
})

test('a list that was asked for keeps what came while it was on its way', () => {
  const before = withEntries(EMPTY, [request(1), request(2)])
  const now = withEntries(before, [request(3)])
  const answer = merged([{ session: 'default', requests: [request(1), request(2)], forgotten: 0 }])
  expect(idsOf(reloaded(answer, before, now).entries)).toEqual(['1d', '2d', '3d'])
})
