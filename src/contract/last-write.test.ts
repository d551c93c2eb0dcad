import { expect, test } from '@jest/globals'
import { interactionOf } from './interaction.test.support.ts'
import type { Interaction } from './interaction.ts'
import { lastWriteBefore } from './last-write.ts'

function write(operationId: string, method: string, path: string, json?: unknown): Interaction {
  const interaction = interactionOf({ operationId, method, path, status: 200 })
  const body = json === undefined ? {} : { body: Buffer.from(JSON.stringify(json)) }
  return { ...interaction, request: { ...interaction.request, ...body } }
}

const ada = write('createUser', 'POST', '/user', { username: 'Zoë A' })
const other = write('createUser', 'POST', '/user', { username: 'Bob' })
const put = write('updatePet', 'PUT', '/domain', { id: 7, name: 'a', photoUrls: [] })
const form = write('updatePetWithForm', 'POST', '/pet/8')
const order = write('placeOrder', 'POST', '/store/order', { name: 'a' })
const all = [ada, other, put, form, order]
const reading = (operationId: string, path: string) => interactionOf({ operationId, path, status: 200 })

test.each([
  ['a user, by its name in a body', reading('getUserByName', '/user/Zo%C3%AB%20A'), ada],
  ['a user that no write names, by its kind', reading('getUserByName', '/user/nobody'), other],
  ['a pet, by its id in a body', reading('getPetById', '/pet/7'), put],
  ['a pet, by its path', reading('getPetById', '/pet/8'), form],
  ['an order, whose number the server gave', reading('getOrderById', '/store/order/11'), order],
  ['a list, by whatever was written last', reading('findPetsByStatus', '/pet/findByStatus?status=sold'), order],
])('the last write before the reading of %s', (_what, read, expected) => {
  expect(lastWriteBefore(read, all, true)).toBe(expected)
})

test('a check of other records than the written one blames the very last write', () => {
  expect(lastWriteBefore(reading('getUserByName', '/user/Bob'), all, false)).toBe(order)
})

test('a deletion is to blame for a record that is there only where a check asks for deletions', () => {
  const deletion = write('deleteOrder', 'DELETE', '/store/order/11')
  const writes = [...all, deletion, write('placeOrder', 'POST', '/store/order', { name: 'b' })]
  const read = reading('getOrderById', '/store/order/11')
  expect(lastWriteBefore(read, writes, true, true)).toBe(deletion)
  expect(lastWriteBefore(read, writes, true, false)).toBe(writes.at(-1))
})
