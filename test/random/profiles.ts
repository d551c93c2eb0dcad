import type { Profile } from '../../src/ways/profile.ts'

/** Values of each member of a profile. A member without one does not compile. */
const SAMPLES: { readonly [Member in Exclude<keyof Profile, 'version'>]-?: readonly NonNullable<Profile[Member]>[] } = {
  key: [{ status: 403 }],
  errors: [{ mediaType: 'text/html' }, { mediaType: '' }, { mediaType: 'application/json' }],
  refusals: [
    { createUser: { body: 422 }, deleteOrder: { 'missing record': 400 }, updatePetWithForm: { 'missing record': 405 } },
    { addDomain: { 'media type': 400 }, placeOrder: { 'media type': 422 }, uploadFile: { parameter: 422, body: 422 } },
  ],
  successes: [
    {
      deletePet: { status: 204 },
      deleteUser: { status: 202 },
      addDomain: { status: 201 },
      createUser: { status: 201 },
    },
    { updatePet: { status: 200, mediaType: 'application/json' }, logoutUser: { status: 200, mediaType: 'text/plain' } },
  ],
  logins: [{ loginUser: 403 }, { createUser: 401, createUsersWithListInput: 401, updateUser: 401, deleteUser: 401 }],
  wrongMethod: [{ status: 404 }, { status: 400, isEmpty: true }, { status: 501 }],
  unknownPath: [{ status: 403 }],
  options: [
    { status: 200, allow: true, body: true },
    { status: 405, allow: false, body: false },
  ],
  head: [{ status: 405 }, { status: 501 }],
  unknownQuery: [{ status: 400 }],
  unknownProperties: [{ status: 400 }, { status: 422 }],
  repeatedKeys: [{ status: 400 }, { counts: 'first' }, { counts: 'last' }],
  takenUsername: [{ status: 409 }],
  uniqueEmails: [{ status: 422 }],
  takenDomain: [{ status: 409 }],
  unacceptable: [{ mediaType: 'application/json' }],
  defaultMediaType: [{ mediaType: 'application/xml' }],
  tokens: ['differ'],
  listOrder: ['newest first', 'in no fixed order'],
  leftOut: [
    { users: ['password'], 'listed pets': ['tags', 'category'], 'new domains': ['validate'], uploads: ['type'] },
  ],
  filledIn: [{ 'replaced users': { id: 'keeps', email: 'fills in' }, 'created users': { userStatus: 'fills in' } }],
  ownFields: [{ users: ['id'], orders: ['status', 'validate', 'active'] }],
  emptyLists: [{ absent: 'shows it empty' }, { empty: 'leaves it out' }],
  inventory: [{ leavesOutZero: true }, { besides: ['reserved'] }],
  newDomains: [{ status: 'validated', active: true }],
  extraProperties: [{ getPetById: { breed: 'string', at: 'object' }, getUserByName: { rev: 'number', gone: 'null' } }],
  latency: [{ getInventory: { median: 3, sigma: 0.5 } }],
}

/** A profile and its name. */
export type Named = readonly [name: string, profile: Profile]

/** One profile for each value of each member. */
export const SINGLE_PROFILES: readonly Named[] = Object.entries(SAMPLES).flatMap(([member, values]) =>
  values.map((value): Named => [`${member} ${JSON.stringify(value)}`, { version: 1, [member]: value }]),
)

/** Profiles with the first, the second or the third value of each member that has so many, as a server has all its ways at once. */
export const WHOLE_PROFILES: readonly Named[] = [0, 1, 2].map((turn) => [
  `the values in place ${turn + 1}`,
  {
    ...Object.fromEntries(
      Object.entries(SAMPLES).flatMap(([member, values]) => (values.length > turn ? [[member, values[turn]]] : [])),
    ),
    version: 1,
  },
])
