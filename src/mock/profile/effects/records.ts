import type { HandlerContext } from '../../operations/handler.ts'
import type { ValidInput } from '../../operations/index.ts'
import type { MakeEffect } from '../effect.ts'
import { changedValue } from './changed-value.ts'

type Fields = Readonly<Record<string, unknown>>

/** The kind of record that an operation shows, as profiles name it. */
const KINDS: Readonly<Record<string, string>> = {
  getUserByName: 'users',
  getPetById: 'pets',
  findPetsByStatus: 'listed pets',
  findPetsByTags: 'listed pets',
  addDomain: 'new domains',
  placeOrder: 'new orders',
  uploadFile: 'uploads',
}

/** Leaves properties out. */
export const leftOut: MakeEffect = ({ leftOut: observed }) =>
  observed && {
    reply: (fitted, { id }) => {
      const names = observed[KINDS[id] ?? '']
      return names ? changedValue(fitted, (fields) => without(fields, names)) : fitted
    },
  }

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** Shows an absent list of tags as an empty one, or an empty one not at all. */
export const emptyLists: MakeEffect = ({ emptyLists: observed }) =>
  observed && {
    reply: (fitted, { id }) => {
      if (!(KINDS[id] ?? '').endsWith('pets')) return fitted
      return changedValue(fitted, (pet) => {
        const isEmpty = Array.isArray(pet.tags) && pet.tags.length === 0
        if (observed.absent && pet.tags === undefined) return { ...pet, tags: [] }
        return observed.empty && isEmpty ? without(pet, ['tags']) : pet
      })
    },
  }

/** Values for properties that nobody sent. */
const VALUES: Fields = {
  id: 1,
  firstName: 'filled in',
  lastName: 'filled in',
  email: 'filled-in@mail.example',
  password: 'filled in',
  phone: '0',
  userStatus: 1,
  category: { name: 'filled in' },
  tags: [{ id: 1, name: 'filled in' }],
  status: 'available',
}

/** The record that a write replaces, and the kind that profiles call it. */
function targetOf(id: string, { body, path }: ValidInput, { store }: HandlerContext) {
  if (id === 'updateUser') return { kind: 'replaced users', before: store.users.get(Object(path).username) }
  if (id === 'updatePet') return { kind: 'replaced pets', before: store.pets.get(Object(body).id) }
  return id.startsWith('createUser') ? { kind: 'created users', before: undefined } : undefined
}

/** Fills in what a write leaves out: from the record before, or with a value of its own. */
export const filledIn: MakeEffect = ({ filledIn: observed }) =>
  observed && {
    handle: ({ id }, input, context, next) => {
      const target = targetOf(id, input, context)
      const ways = target && observed[target.kind]
      if (!ways) return next(input)
      const before: Fields = { ...target.before }
      const fill = (fields: unknown): unknown => {
        const names = Object.keys(ways).filter((name) => !Object.hasOwn(Object(fields), name))
        const known = names.filter((name) => ways[name] === 'fills in' || before[name] !== undefined)
        const added = known.map((name) => [name, ways[name] === 'keeps' ? before[name] : VALUES[name]])
        return { ...Object(fields), ...Object.fromEntries(added) }
      }
      return next({ ...input, body: Array.isArray(input.body) ? input.body.map(fill) : fill(input.body) })
    },
  }

/** Values that a server gives, whatever is sent. */
const OWN: Fields = { validate: 'set by the server', status: 'missing validation', active: false }

/** Sets fields by itself. */
export const ownFields: MakeEffect = ({ ownFields: observed }) => {
  if (observed === undefined) return undefined
  let last = 900_000
  const ofUsers = (user: unknown): unknown => {
    last += 1
    return { ...Object(user), ...(observed.users?.includes('id') && { id: last }) }
  }
  const ofOrder = (order: unknown): unknown => ({
    ...Object(order),
    ...Object.fromEntries((observed.orders ?? []).map((name) => [name, OWN[name]])),
  })
  return {
    handle: ({ id }, input, _context, next) => {
      if (observed.orders && id === 'placeOrder') return next({ ...input, body: ofOrder(input.body) })
      if (!observed.users || !['createUser', 'createUsersWithListInput', 'updateUser'].includes(id)) return next(input)
      return next({ ...input, body: Array.isArray(input.body) ? input.body.map(ofUsers) : ofUsers(input.body) })
    },
  }
}

/** The status of a domain that was just added. */
export const newDomains: MakeEffect = ({ newDomains: observed }) =>
  observed && {
    reply: (fitted, { id }) =>
      id === 'addDomain' ? changedValue(fitted, (domain) => ({ ...domain, ...observed })) : fitted,
  }

/** Another inventory: without statuses that no pet has, or with more. */
export const inventory: MakeEffect = ({ inventory: observed }) =>
  observed && {
    reply: (fitted, { id }) => {
      if (id !== 'getInventory') return fitted
      const { leavesOutZero = false, besides = [] } = observed
      return changedValue(fitted, (counts) => ({
        ...Object.fromEntries(Object.entries(counts).filter(([, count]) => !leavesOutZero || count !== 0)),
        ...Object.fromEntries(besides.map((name) => [name, 0])),
      }))
    },
  }
