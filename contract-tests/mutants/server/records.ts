import { PET_STATUSES } from './schemas.ts'
import type { Domain, Pet, Records, User } from './store.ts'

const NAMES = ['Wren', 'Biscuit', 'Zoë', 'Olive', 'Tofu & Co', 'Pixel', 'Mochi', 'Juniper', 'Ünal', 'Sesame', 'Clover']
const KINDS = ['dogs', 'cats', 'birds', 'fish']

/** The records a server starts with: pets of every status, with and without the optional parts. Another seed, other records. */
export const makeRecords = (seed = 1): Records => ({
  pets: Array.from({ length: 11 }, (_, index) => makePet(seed, index)),
  users: Array.from({ length: 3 }, (_, index) => makeUser(seed, index + 1)),
  orders: Array.from({ length: 10 }, (_, index) => makeOrder(seed, index + 1)),
})

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length]

function makePet(seed: number, index: number): Pet {
  const id = index + 1
  const name = pick(NAMES, index + seed) ?? 'doggie'
  const category = { name: pick(KINDS, index * seed) ?? 'dogs' }
  if (index === 10) return { id, name, photoUrls: [] }
  const tags = [0, 1, 2]
    .filter((tag) => (index + tag + seed) % 3 !== 0)
    .map((tag) => ({ id: tag + 1, name: `tag${tag + 1}` }))
  const status = pick(PET_STATUSES, index + seed) ?? 'sold'
  const photoUrls = [`https://images.example/pets/${id}.png`]
  return { id, ...(index % 4 !== 3 && { category }), name, photoUrls, ...(index % 5 !== 4 && { tags }), status }
}

const makeUser = (seed: number, id: number): User => ({
  id,
  username: `user${id}`,
  firstName: pick(NAMES, id + seed) ?? 'Ada',
  lastName: 'Example',
  email: `user${id}@mail.example`,
  password: `secret-${seed}-${id}`,
  phone: `+1 555 010${id}`,
  userStatus: id % 2,
})

const makeOrder = (seed: number, id: number): Domain => ({
  id: String(id),
  name: `order${id}-${seed}.example`,
  status: id % 2 ? 'validated' : 'missing validation',
  active: id % 2 === 1,
})
