import type { FaultRow } from '../../fault.ts'
import type { Seams } from '../../server/seams.ts'

/** Changes the parameter of the path before it is looked at. */
const parameter = (change: (text: string) => string) => (): Seams => ({
  violations: ({ input: given }, next) => {
    given.parameter = change(given.parameter)
    return next()
  },
})

export const atOnceFaults: readonly FaultRow[] = [
  {
    id: 'deletions-at-once-all-succeed',
    operation: 'deleteUser',
    summary: 'A deletion succeeds for some time after the user is gone.',
    seams: () => {
      const gone = new Map<string, number>()
      return {
        reply: (handling, next) => {
          const { input: given, now } = handling
          const wasThere = handling.store.users.has(given.parameter)
          if (!wasThere && now() - (gone.get(given.parameter) ?? 0) < 500) return { status: 200 }
          gone.set(given.parameter, now())
          return next()
        },
      }
    },
    witness: async ({ remove }) => {
      const sent = await Promise.all([remove('/user/user1'), remove('/user/user1')])
      return sent.every(({ status }) => status === 200)
    },
  },
]

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
]
