import type { FaultRow } from '../../fault.ts'
import type { Handling } from '../../server/handling.ts'
import type { Seams } from '../../server/seams.ts'
import type { Pet, User } from '../../server/store.ts'

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

const FIRST_MS = 25
const SECOND_MS = 10

/** Does a part of each write when its answer is sent. The first of two answers is sent after the second. */
const partlyLater = (act: (handling: Handling) => () => void) => (): Seams => {
  let turn = 0
  return {
    answer: (handling, next) => {
      const answer = next()
      if (answer.status !== 200) return answer
      const later = act(handling)
      turn += 1
      const late = () => {
        later()
        return answer.body
      }
      return { ...answer, delayMs: turn % 2 === 1 ? FIRST_MS : SECOND_MS, late }
    },
  }
}

/** Writes that are done in several steps. */
export const stepwiseFaults: readonly FaultRow[] = [
  {
    id: 'update-of-pet-in-two-steps',
    operation: 'updatePet',
    summary: 'An update writes the tags and photos of a pet some time after the rest.',
    seams: partlyLater(({ input, store }) => {
      const { id, tags, photoUrls } = input.body as Pet
      return () => {
        const pet = store.pets.get(id)
        if (pet) store.pets.set(id, { ...pet, ...(tags && { tags }), photoUrls })
      }
    }),
    witness: async ({ get, put }) => {
      await Promise.all(['a', 'b'].map((text) => put('/domain', { id: 1, name: text, photoUrls: [text] })))
      const { name, photoUrls } = (await get('/pet/1')).object
      return String(photoUrls) !== name
    },
  },
  {
    id: 'update-of-user-in-two-steps',
    operation: 'updateUser',
    summary: 'An update writes the last name of a user some time after the rest.',
    seams: partlyLater(({ input, store }) => {
      const { parameter: username, body } = input
      const { lastName } = body as User
      return () => {
        const user = store.users.get(username)
        if (user && lastName !== undefined) store.users.set(username, { ...user, lastName })
      }
    }),
    witness: async ({ get, put }) => {
      await Promise.all(['a', 'b'].map((text) => put('/user/user1', { firstName: text, lastName: text })))
      const { firstName, lastName } = (await get('/user/user1')).object
      return lastName !== firstName
    },
  },
  {
    id: 'update-brings-deleted-user-back',
    operation: 'updateUser',
    summary: 'An update stores the user once more when it answers, though the user was deleted meanwhile.',
    seams: partlyLater(({ input: { parameter: username }, store }) => {
      const user = store.users.get(username)
      return () => void (user && store.users.set(username, user))
    }),
    witness: async ({ get, put, remove }) => {
      await Promise.all([put('/user/user1', { firstName: 'a' }), remove('/user/user1')])
      return (await get('/user/user1')).status === 200
    },
  },
]
