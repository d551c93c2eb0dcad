import { beforeEach, expect, test } from '@jest/globals'
import { createMockCore, type MockCore } from '../create-mock.ts'
import { nodePlatform } from '../files/node-platform.ts'
import { findKeys } from './find-keys.ts'

const pet = (id: number, more = {}) => ({ id, name: `pet ${id}`, photoUrls: [], ...more })

let core: MockCore
beforeEach(() => {
  core = createMockCore({}, nodePlatform)
  const named = { photoUrls: ['data:image/png;base64,ZOGS'], tags: [{ id: 1, name: 'Zögs' }] }
  core.startFrom({ pets: [pet(1, named), pet(2, { photoUrls: ['data:,zögs'] }), pet(30), pet(3)] })
})

const noPause = async () => {}
const store = () => core.sessions.get('default').store
const find = (text: string) => findKeys(store(), 'pets', text, noPause)

test('records are found by any value in any case, but for the data of pictures', async () => {
  expect(await find(' zÖGS ')).toEqual([1])
  expect(await find('pet 3')).toEqual([3, 30])
  expect(await find('30')).toEqual([30])
  expect(await find('')).toEqual([1, 2, 3, 30])
  expect(await find('nothing has this')).toEqual([])
})

test('the same search is made once, and again when a record has changed', async () => {
  const first = await find('pet 3')
  expect(await find('PET 3')).toBe(first)
  store().pets.put(pet(3, { name: 'other' }))
  expect(await find('pet 3')).toEqual([30])
})

test('a long search pauses, so that other requests are answered, and leaves out what is deleted meanwhile', async () => {
  core.startFrom({ pets: Array.from({ length: 2_000 }, (_one, id) => pet(id + 1)) })
  let pauses = 0
  const keys = await findKeys(store(), 'pets', 'pet', async () => {
    pauses += 1
    store().pets.delete(1_999)
  })
  expect([pauses, keys.length]).toEqual([4, 1_999])
})

/** Asks for a part of the pets. */
async function ask(query: string) {
  const answer = await core.fetchFor('default')(`/__admin/records/pets${query}`)
  const { errors, ...body } = JSON.parse(await answer.text())
  return { status: answer.status, body, pointer: errors?.[0]?.pointer }
}

test.each([
  ['', { total: 4, matching: 4, offset: 0, records: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 30 }] }],
  ['?offset=1&limit=2', { total: 4, matching: 4, offset: 1, records: [{ id: 2 }, { id: 3 }] }],
  ['?text=pet%203&offset=1', { total: 4, matching: 2, offset: 1, records: [{ id: 30 }] }],
  ['?offset=9', { total: 4, matching: 4, offset: 9, records: [] }],
])('the part %j of a collection is given', async (query, body) => {
  expect(await ask(query)).toMatchObject({ status: 200, body })
  expect(core.defects).toEqual([])
})

test.each([
  ['?limit=1001', '/query/limit'],
  ['?limit=0', '/query/limit'],
  ['?offset=-1', '/query/offset'],
  ['?ofset=1', '/query/ofset'],
])('the part %j is refused', async (query, pointer) => {
  expect(await ask(query)).toMatchObject({ status: 400, pointer })
})
