import type { FaultRow } from '../../fault.ts'
import { type Handling, XML_TYPE } from '../../server/handling.ts'
import type { Seams } from '../../server/seams.ts'

/** The answer that was given before the last write, for those who ask in the media type. */
const stale = (type: string) => (): Seams => {
  const shown = new Map<string, unknown>()
  return {
    value: (handling, next) => {
      const [now, { path }] = [next(), handling.request]
      if (handling.type !== type) return now
      const known = shown.get(path) ?? now
      shown.set(path, known)
      return known
    },
  }
}

/** Does something once, after so many more requests. */
const later = (requests: number, act: (handling: Handling) => () => void) => (): Seams => {
  const left: { turns: number; readonly act: () => void }[] = []
  return {
    reply: (handling, next) => {
      for (const one of left) {
        one.turns -= 1
        if (one.turns === 0) one.act()
      }
      const undo = act(handling)
      const reply = next()
      left.push({ turns: requests, act: undo })
      return reply
    },
  }
}

const nothing = () => {}

export const viewFaults: readonly FaultRow[] = [
  {
    id: 'user-in-xml-is-cached',
    operation: 'getUserByName',
    summary: 'A user in XML is the one that was asked for first.',
    seams: stale(XML_TYPE),
    witness: async ({ getXml, put }) => {
      await getXml('/user/user1')
      await put('/user/user1', { username: 'user1', firstName: 'changed' })
      return !(await getXml('/user/user1')).text.includes('changed')
    },
  },
  {
    id: 'list-in-xml-is-cached',
    operation: 'findPetsByTags',
    summary: 'Pets of a tag in XML are those that were listed first.',
    seams: stale(XML_TYPE),
    witness: async ({ getXml, put }) => {
      await getXml('/pet/findByTags?tags=tag1')
      await put('/domain', { id: 1, name: 'changed', photoUrls: [], tags: [{ name: 'tag1' }] })
      return !(await getXml('/pet/findByTags?tags=tag1')).text.includes('changed')
    },
  },
  {
    id: 'tag-of-user-never-changes',
    operation: 'getUserByName',
    summary: 'A user has the same ETag for ever, and its condition is met.',
    seams: () => ({
      answer: ({ request }, next) => {
        const answer = next()
        if (answer.status !== 200) return answer
        const headers = { ...answer.headers, ETag: '"1"' }
        return request.headers['if-none-match'] === '"1"'
          ? { ...answer, status: 304, headers: { ETag: '"1"' }, body: Buffer.alloc(0) }
          : { ...answer, headers }
      },
    }),
    witness: async ({ get }) => (await get('/user/user1', { headers: { 'if-none-match': '"1"' } })).status === 304,
  },
  {
    id: 'deletion-of-user-undone-later',
    operation: ['deleteUser', 'getUserByName'],
    summary: 'A deleted user is back after some more requests.',
    seams: later(30, ({ match, input: { parameter }, store }) => {
      const user = match.operation?.id === 'deleteUser' ? store.users.get(parameter) : undefined
      return user ? () => void store.users.set(parameter, user) : nothing
    }),
    witness: async ({ get, remove }) => {
      await remove('/user/user1')
      for (let turn = 0; turn < 31; turn += 1) await get('/user/user1')
      return (await get('/user/user1')).status === 200
    },
  },
  {
    id: 'update-of-user-undone-later',
    operation: ['updateUser', 'getUserByName'],
    summary: 'An updated user is as before after some more requests.',
    seams: later(80, ({ match, input: { parameter }, store }) => {
      const user = match.operation?.id === 'updateUser' ? store.users.get(parameter) : undefined
      return user ? () => store.users.has(parameter) && void store.users.set(parameter, user) : nothing
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { username: 'user1', firstName: 'changed' })
      for (let turn = 0; turn < 81; turn += 1) await get('/user/user1')
      return (await get('/user/user1')).object.firstName !== 'changed'
    },
  },
]
