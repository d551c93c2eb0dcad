import type { FaultRow } from '../../fault.ts'
import type { Seams } from '../../server/seams.ts'

/** Changes the parameter of the path before it is looked at. */
const parameter = (change: (text: string) => string) => (): Seams => ({
  violations: ({ input: given }, next) => {
    given.parameter = change(given.parameter)
    return next()
  },
})

export const idFaults: readonly FaultRow[] = [
  {
    id: 'pet-id-wraps-at-32-bits',
    operation: 'getPetById',
    summary: 'Ids are cut to 32 bits.',
    seams: parameter((text) => (/^\d+$/.test(text) ? String(Number(text) % 2 ** 32) : text)),
    witness: async ({ get }) => (await get('/pet/4294967297')).object.id === 1,
  },
  {
    id: 'order-id-up-to-comma',
    operation: 'getOrderById',
    summary: 'Of an id with a comma the first part counts.',
    seams: parameter((text) => text.split(',')[0] ?? ''),
    witness: async ({ get }) => (await get('/store/order/5,5')).status === 200,
  },
  {
    id: 'name-of-function-is-user',
    operation: 'getUserByName',
    summary: 'Users are looked up in an object, so that it has users of its own.',
    seams: () => ({
      reply: ({ input: { parameter: name } }, next) =>
        Object({})[name] === undefined ? next() : { status: 200, value: {} },
    }),
    witness: async ({ get }) => (await get('/user/constructor')).status === 200,
  },
  {
    id: 'username-decoded-twice',
    operation: 'getUserByName',
    summary: 'The name in a path is decoded twice.',
    seams: parameter((text) => text.replace(/%20/g, ' ')),
    witness: async ({ post, get }) => {
      await post('/user', { username: 'a%20b' })
      return (await get('/user/a%2520b')).status === 404
    },
  },
  {
    id: 'username-up-to-semicolon',
    operation: 'getUserByName',
    summary: 'The name in a path ends at a semicolon.',
    seams: parameter((text) => text.split(';')[0] ?? ''),
    witness: async ({ post, get }) => {
      await post('/user', { username: 'a;b' })
      return (await get('/user/a%3Bb')).status === 404
    },
  },
  {
    id: 'username-without-suffix',
    operation: 'getUserByName',
    summary: 'A name loses its suffix .json.',
    seams: parameter((text) => text.replace(/\.json$/, '')),
    witness: async ({ post, get }) => {
      await post('/user', { username: 'a.json' })
      return (await get('/user/a.json')).status === 404
    },
  },
  {
    id: 'deletion-of-user-ignores-case',
    operation: 'deleteUser',
    summary: 'A deletion finds a user whatever the case of the letters is; no other operation does.',
    seams: () => ({
      reply: ({ input: given, store }, next) => {
        const name = given.parameter.toLowerCase()
        given.parameter = [...store.users.keys()].find((known) => known.toLowerCase() === name) ?? given.parameter
        return next()
      },
    }),
    witness: async ({ remove }) => (await remove('/user/USER1')).status === 200,
  },
  {
    id: 'update-of-user-drops-dot',
    operation: 'updateUser',
    summary: 'An update drops a dot at the end of the name.',
    seams: parameter((text) => text.replace(/\.$/, '')),
    witness: async ({ put }) => (await put('/user/user1.', { firstName: 'a' })).status === 200,
  },
  {
    id: 'deletion-of-order-cuts-id',
    operation: 'deleteOrder',
    summary: 'A deletion takes the digits before any other character for the id.',
    seams: parameter((text) => /^\d+/.exec(text)?.[0] ?? text),
    witness: async ({ remove }) => (await remove("/store/order/1'")).status === 200,
  },
]
