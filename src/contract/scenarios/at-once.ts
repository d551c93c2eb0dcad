import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { missingId } from '../cases/valid-request.ts'
import { NO_KEY } from '../cases/wrong-keys.ts'
import type { KnownRecords } from '../known-records.ts'
import { ALL_STATUSES } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { compareAtOnce, type Planned } from './at-once/compare.ts'
import { oneUserAtOnce } from './at-once/one-user.ts'
import { ordersAtOnce } from './at-once/orders.ts'
import { petsAtOnce } from './at-once/pets.ts'
import { usersAtOnce } from './at-once/users.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

/** Sends requests at the same time. Each must come out as it does alone, and no write may be lost. */
export const atOnce: Scenario = {
  name: 'requests at the same time',
  isThorough: true,
  operations: [
    ...['getPetById', 'findPetsByStatus', 'getInventory', 'updatePet', 'updatePetWithForm', 'uploadFile'],
    ...['createUser', 'getUserByName', 'updateUser', 'deleteUser', 'loginUser'],
    ...['placeOrder', 'getOrderById', 'deleteOrder'],
  ],
  modes: EVERY_MODE,
  run: async (run, known) => {
    await run.settle()
    await compareAtOnce(run, readingsOf(run, known))
    if (run.mode === 'safe') return
    await usersAtOnce(run)
    await oneUserAtOnce(run)
    if (run.mode === 'full' || run.allowLeftovers) await ordersAtOnce(run)
    if (run.mode === 'full') await petsAtOnce(run, known)
  },
}

const HOW_MANY = 3

/** Readings in both media types, among requests that are refused. */
function readingsOf(run: Run, { pets }: KnownRecords): Planned[] {
  const ids = [...pets.keys()].slice(0, HOW_MANY)
  const both = (operationId: string, sending: Planned[1]): Planned[] =>
    [JSON_TYPE, XML_TYPE].map((accept) => [operationId, { ...sending, accept, about: `${sending.about}, ${accept}` }])
  const missing = { path: { petId: missingId(run.seed) }, accept: JSON_TYPE }
  return [
    ...ids.flatMap((petId) => both('getPetById', { path: { petId }, about: 'a pet' })),
    ...both('findPetsByStatus', { query: `status=${ALL_STATUSES}`, about: 'a list' }),
    ['getPetById', { ...missing, expect: 'missing', about: 'a missing pet' }],
    ['getPetById', { ...missing, ...NO_KEY, expect: 'unauthorised' }],
    ['getInventory', { accept: JSON_TYPE, about: 'the inventory' }],
    ['getInventory', { ...NO_KEY, expect: 'unauthorised' }],
    ['findPetsByStatus', { query: 'status=lost', expect: 'refused', about: 'a status outside the enum' }],
  ]
}
