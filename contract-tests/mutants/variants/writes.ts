import { input, success, value, withHeaders, without } from '../alter.ts'
import { isRecord } from '../server/check.ts'
import { type Handling, JSON_TYPE, Refusal } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Domain, Pet, Store, User } from '../server/store.ts'
import type { Variant } from '../variant.ts'

type Fields = Readonly<Record<string, unknown>>

const isOperation =
  (...ids: readonly string[]) =>
  ({ match }: Handling) =>
    ids.includes(match.operation?.id ?? '')

/** Writes whose success the document does not name. */
const isWrite = ({ match }: Handling) =>
  match.operation !== undefined && match.operation.method !== 'GET' && match.operation.gives === undefined

/** Changes the body of some operations before it is stored. */
const storing = <T>(ids: readonly string[], change: (body: T, handling: Handling) => unknown) =>
  input<T>((body, handling) => (isOperation(...ids)(handling) ? change(body, handling) : body))

const CREATING = ['createUser', 'createUsersWithListInput', 'updateUser']

/** Changes each user that is stored. */
const storingUsers = (change: (user: User, handling: Handling) => unknown) =>
  storing<User | User[]>(CREATING, (body, handling) =>
    Array.isArray(body) ? body.map((user) => change(user, handling)) : change(body, handling),
  )

function eachText(found: unknown, change: (text: string, name: string) => string, name = ''): unknown {
  if (typeof found === 'string') return change(found, name)
  if (Array.isArray(found)) return found.map((item) => eachText(item, change, name))
  if (!isRecord(found)) return found
  return Object.fromEntries(Object.entries(found).map(([key, child]) => [key, eachText(child, change, key)]))
}

/** Normalises every text that is stored; passwords stay as they are. */
const normalising = (change: (text: string, name: string) => string) =>
  input<unknown>((body) => eachText(body, (text, name) => (name === 'password' ? text : change(text, name))))

/** Looks users up by the name that is stored. */
const findingUsers =
  (nameOf: (name: string) => string): (() => Seams) =>
  () => ({
    reply: (handling, next) => {
      const { input: given, match } = handling
      if (match.operation?.parameter === 'username') given.parameter = nameOf(given.parameter)
      const [username] = given.query.get('username') ?? []
      if (username !== undefined) given.query = new Map([...given.query, ['username', [nameOf(username)]]])
      return next()
    },
  })

const bothOf =
  (...parts: readonly (() => Seams)[]) =>
  (): Seams => {
    const made = parts.map((part) => part())
    return {
      reply: (handling, next) =>
        made.reduce<() => ReturnType<typeof next>>(
          (inner, { reply }) => (reply ? () => reply(handling, inner) : inner),
          next,
        )(),
    }
  }

/** "Fields that a server may own: a user's id, an order's status, validate and active." */
const owned: readonly Variant[] = [
  {
    id: 'user-ids-owned',
    summary: 'The server gives every user an id of its own, whatever is sent.',
    seams: () => {
      let last = 900
      return storingUsers((user) => {
        last += 1
        return { ...user, id: last }
      })()
    },
  },
  {
    id: 'user-status-owned-id-hidden',
    summary: 'The id of a user is a number of the name.',
    seams: storingUsers((user) => ({
      ...user,
      id: [...(user.username ?? '')].reduce((sum, { length }) => sum + length, 1),
    })),
  },
  {
    id: 'orders-owned',
    summary: 'The server sets status, validate and active of every order.',
    seams: storing<Domain>(['placeOrder'], ({ id, name }) => ({
      ...(id !== undefined && { id }),
      ...(name !== undefined && { name }),
      validate: 'inboxes-verification=order',
      status: 'missing validation',
      active: false,
    })),
  },
  {
    id: 'orders-confirmed',
    summary: 'Every order is validated and active at once.',
    seams: storing<Domain>(['placeOrder'], (order) => ({ ...order, status: 'validated', active: true })),
  },
  {
    id: 'order-ids-scattered',
    summary: 'Order ids are scattered numbers.',
    seams: ordersNumbered((count) => String(100_003 * count)),
  },
]

/** Numbers the orders that are placed without an id. */
function ordersNumbered(idOf: (count: number) => string): () => Seams {
  return () => {
    let count = 0
    return storing<Domain>(['placeOrder'], (order) => {
      count += 1
      return { ...order, id: order.id ?? idOf(count) }
    })()
  }
}

const NAMES_OF_DOMAINS = /^[^\s]+\.[a-z]+$/i

/** "Texts that a server normalises: letter case of emails, usernames and domains, blanks around a text, NFC." */
const normalised: readonly Variant[] = [
  {
    id: 'emails-in-small-letters',
    summary: 'Emails are stored in small letters.',
    seams: normalising((text, name) => (name === 'email' ? text.toLowerCase() : text)),
  },
  {
    id: 'usernames-in-any-letters',
    summary: 'Usernames are stored in small letters, and found in any.',
    seams: bothOf(
      normalising((text, name) => (name === 'username' ? text.toLowerCase() : text)),
      findingUsers((name) => name.toLowerCase()),
    ),
  },
  {
    id: 'domains-in-small-letters',
    summary: 'The names of domains, also of orders and categories, are stored in small letters.',
    seams: storing<Fields>(['addDomain', 'placeOrder'], ({ name, ...rest }) => ({
      ...rest,
      ...(typeof name === 'string' && { name: name.toLowerCase() }),
    })),
  },
  {
    id: 'domain-names-alone-in-small-letters',
    summary: 'What looks like a domain is stored in small letters.',
    seams: storing<Fields>(['addDomain', 'placeOrder'], ({ name, ...rest }) => ({
      ...rest,
      ...(typeof name === 'string' && { name: NAMES_OF_DOMAINS.test(name) ? name.toLowerCase() : name }),
    })),
  },
  {
    id: 'blanks-trimmed',
    summary: 'Blanks around every text are dropped.',
    seams: normalising((text) => text.trim()),
  },
  {
    id: 'texts-composed',
    summary: 'Every text is stored in NFC.',
    seams: bothOf(
      normalising((text) => text.normalize('NFC')),
      findingUsers((name) => name.normalize('NFC')),
    ),
  },
  {
    id: 'texts-trimmed-and-composed',
    summary: 'Every text is trimmed and stored in NFC; emails in small letters.',
    seams: normalising((text, name) => {
      const plain = text.trim().normalize('NFC')
      return name === 'email' ? plain.toLowerCase() : plain
    }),
  },
]

/** "Fields that the body leaves out." */
const leftOut: readonly Variant[] = [
  {
    id: 'put-keeps-user-id',
    summary: 'An update of a user without an id keeps the id.',
    seams: storing<User>(['updateUser'], (user, { store, input: { parameter } }) => ({
      ...idOf(store.users.get(parameter)),
      ...user,
    })),
  },
  {
    id: 'put-fills-defaults',
    summary: 'A PUT fills what is left out by defaults.',
    seams: input<Fields>((body, handling) => {
      if (isOperation('updatePet')(handling)) return { status: 'available', tags: [], ...body }
      return isOperation('updateUser')(handling)
        ? { id: 5, firstName: 'Nobody', email: 'none@mail.example', phone: '', userStatus: 0, ...body }
        : body
    }),
  },
  {
    id: 'put-keeps-what-is-left-out',
    summary: 'A PUT keeps all that the body leaves out.',
    seams: input<Fields>((body, handling) => {
      const { store, input: given } = handling
      if (isOperation('updatePet')(handling)) return { ...store.pets.get(Number(body.id)), ...body }
      return isOperation('updateUser')(handling) ? { ...store.users.get(given.parameter), ...body } : body
    }),
  },
]

const idOf = (user: User | undefined) => (user?.id === undefined ? {} : { id: user.id })

const MAPS = ['pets', 'users', 'orders', 'domains'] as const
type Records = Map<unknown, unknown>

/** The maps of a store, whatever they hold. */
const mapsOf = (store: Store): Records[] => MAPS.map((name) => store[name] as Records)

/** Does each write some milliseconds after it was acknowledged with 202. */
const deferring =
  (delayMs: number, isDeferred: (handling: Handling) => boolean = isWrite): (() => Seams) =>
  () => ({
    answer: (handling, next) => {
      if (!isDeferred(handling)) return next()
      const maps = mapsOf(handling.store)
      const before = maps.map((map) => new Map(map))
      const answer = next()
      if (answer.status >= 300) return answer
      for (const [index, map] of maps.entries()) deferChanges(map, before[index] ?? new Map(), delayMs)
      const isTyped = handling.match.operation?.gives !== undefined
      return isTyped ? answer : { ...answer, status: 202 }
    },
  })

/** Takes back what has changed, and changes it again later. */
function deferChanges(map: Records, before: Records, delayMs: number): void {
  const changed = [...new Set([...map.keys(), ...before.keys()])].filter((key) => map.get(key) !== before.get(key))
  const later = changed.map((key) => [key, map.get(key)] as const)
  for (const key of changed) put(map, key, before.get(key))
  if (changed.length > 0) setTimeout(() => later.map(([key, record]) => put(map, key, record)), delayMs).unref()
}

function put(map: Records, key: unknown, record: unknown): void {
  if (record === undefined) map.delete(key)
  else map.set(key, record)
}

/** Shows in some operations the pets as they were some milliseconds ago. */
const lagging =
  (delayMs: number, ...ids: readonly string[]): (() => Seams) =>
  () => {
    const shown: { readonly at: number; readonly pets: ReadonlyMap<number, Pet> }[] = []
    return {
      reply: (handling, next) => {
        const { store, match, now } = handling
        if (shown.length === 0) shown.push({ at: 0, pets: new Map(store.pets) })
        if (isOperation(...ids)(handling)) {
          const pets = shown.findLast(({ at }) => at <= now() - delayMs)?.pets ?? new Map()
          return match.operation?.handle({ ...handling, store: { ...store, pets: new Map(pets) } }) ?? next()
        }
        const reply = next()
        if (isWrite(handling)) shown.push({ at: now(), pets: new Map(store.pets) })
        return reply
      },
    }
  }

const LISTS = ['findPetsByStatus', 'findPetsByTags', 'getInventory']

/** "After a 202 it may take 2 s; a list or the inventory that lags is advice." */
const later: readonly Variant[] = [
  {
    id: 'writes-done-later',
    summary: 'Writes are accepted, and done after 30 ms.',
    seams: deferring(30),
    isTimed: true,
  },
  {
    id: 'users-done-later',
    summary: 'Writes of users are accepted, and done after 150 ms.',
    seams: deferring(150, isOperation('createUser', 'createUsersWithListInput', 'updateUser', 'deleteUser')),
    isTimed: true,
  },
  {
    id: 'deletions-done-later',
    summary: 'Deletions are accepted, and done after 200 ms.',
    seams: deferring(200, isOperation('deleteUser', 'deletePet', 'deleteOrder')),
    isTimed: true,
  },
  { id: 'lists-lag', summary: 'Lists and the inventory show the pets of 60 ms ago.', seams: lagging(60, ...LISTS) },
  {
    id: 'inventory-lags',
    summary: 'The inventory counts the pets of 400 ms ago.',
    seams: lagging(400, 'getInventory'),
  },
  { id: 'tags-lag', summary: 'The list by tags shows the pets of 120 ms ago.', seams: lagging(120, 'findPetsByTags') },
]

/** Refuses a user whose email another one has. */
const uniqueEmails =
  (status: number): (() => Seams) =>
  () => ({
    reply: (handling, next) => {
      const { input: given, store } = handling
      const sent = isOperation(...CREATING)(handling) ? ([given.body].flat() as Partial<User>[]) : []
      const isOwn = (user: User, name: string | undefined) => user.username === (name ?? given.parameter)
      const isTaken = sent.some(
        ({ email, username }) =>
          email !== undefined &&
          [...store.users.values()].some((user) => user.email === email && !isOwn(user, username)),
      )
      if (isTaken) throw new Refusal(status, 'This email is taken.')
      return next()
    },
  })

/** Locks a user after some wrong passwords. */
const lockingOut =
  (most: number, status: number): (() => Seams) =>
  () => {
    const wrong = new Map<string, number>()
    return {
      reply: (handling, next) => {
        if (!isOperation('loginUser')(handling)) return next()
        const [username = ''] = handling.input.query.get('username') ?? []
        if ((wrong.get(username) ?? 0) >= most) throw new Refusal(status, 'This account is locked.')
        try {
          return next()
        } catch (error) {
          wrong.set(username, (wrong.get(username) ?? 0) + 1)
          throw error
        }
      },
    }
  }

const refusingIn =
  (status: number, ...ids: readonly string[]): (() => Seams) =>
  () => ({
    violations: (handling, next) => {
      if (isOperation(...ids)(handling)) throw new Refusal(status, 'Not now.')
      return next()
    },
  })

/** "Rules of the house: unique emails, verification, lock-out after wrong passwords." */
const accounts: readonly Variant[] = [
  { id: 'emails-unique', summary: 'An email that another user has is refused with 409.', seams: uniqueEmails(409) },
  { id: 'emails-unique-422', summary: 'An email that another user has is refused with 422.', seams: uniqueEmails(422) },
  { id: 'emails-unique-400', summary: 'An email that another user has is refused with 400.', seams: uniqueEmails(400) },
  {
    id: 'lock-out-403',
    summary: 'After three wrong passwords a user is locked out with 403.',
    seams: lockingOut(3, 403),
  },
  {
    id: 'lock-out-423',
    summary: 'After five wrong passwords a user is locked out with 423.',
    seams: lockingOut(5, 423),
  },
  {
    id: 'lock-out-400',
    summary: 'After three wrong passwords every login is refused with 400.',
    seams: lockingOut(3, 400),
  },
  {
    id: 'login-after-verification',
    summary: 'Nobody can log in before the email is verified: 403.',
    seams: refusingIn(403, 'loginUser'),
    otherwise: ['loginUser'],
  },
  {
    id: 'login-required-403',
    summary: 'Updates and deletions of users, and a logout, are for the logged in user: 403.',
    seams: refusingIn(403, 'updateUser', 'deleteUser', 'logoutUser'),
    otherwise: ['updateUser', 'updateUser is stored', 'logoutUser', 'deleteUser', 'a deleted user is missing'],
  },
  {
    id: 'wrong-password-401',
    summary: 'A wrong password is refused with 401.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        return answer.status === 400 && isOperation('loginUser')(handling) ? { ...answer, status: 401 } : answer
      },
    }),
  },
  {
    id: 'tokens-differ',
    summary: 'Each login gives another token, and fewer requests are left.',
    seams: () => {
      let count = 0
      return {
        reply: (handling, next) => {
          const reply = next()
          if (!isOperation('loginUser')(handling)) return reply
          count += 1
          const headers = { ...reply.headers, 'X-Rate-Limit': String(5000 - count) }
          return { ...reply, headers, value: `token-${'x'.repeat(count % 7)}${count}` }
        },
      }
    },
  },
  {
    id: 'taken-domain-refused',
    summary: 'A domain that is there is refused with 409.',
    seams: () => ({
      reply: (handling, next) => {
        const { name } = Object(handling.input.body)
        const isTaken = [...handling.store.domains.values()].some((domain) => domain.name === name)
        if (isOperation('addDomain')(handling) && isTaken) throw new Refusal(409, 'This domain is there.')
        return next()
      },
    }),
  },
]

/** Other successes: the document names no body for most writes. */
const replies: readonly Variant[] = [
  {
    id: 'creations-say-where',
    summary: 'Creations are answered with 201, Location and the record.',
    seams: success((answer, handling) =>
      isOperation('createUser')(handling)
        ? {
            status: 201,
            headers: withHeaders(answer, { 'Content-Type': JSON_TYPE, Location: '/v2/user/of-this-name' }),
            body: Buffer.from(JSON.stringify(without(handling.input.body as Fields, 'password'))),
          }
        : {},
    ),
  },
  {
    id: 'deletions-give-record',
    summary: 'Deletions are answered with a message.',
    seams: success((answer, handling) =>
      isOperation('deleteUser', 'deletePet', 'deleteOrder')(handling)
        ? { headers: withHeaders(answer, { 'Content-Type': 'text/plain' }), body: Buffer.from('Deleted.') }
        : {},
    ),
  },
  {
    id: 'uploads-are-photos',
    summary: 'An upload adds a photo to the pet.',
    seams: () => ({
      reply: (handling, next) => {
        const reply = next()
        const pet = handling.store.pets.get(Number(handling.input.parameter))
        if (pet && isOperation('uploadFile')(handling))
          handling.store.pets.set(pet.id, { ...pet, photoUrls: [...pet.photoUrls, 'https://images.example/new.png'] })
        return reply
      },
    }),
  },
  {
    id: 'uploads-are-first-photos',
    summary: 'An upload puts a photo before those of the pet.',
    seams: () => ({
      reply: (handling, next) => {
        const reply = next()
        const pet = handling.store.pets.get(Number(handling.input.parameter))
        if (pet && isOperation('uploadFile')(handling))
          handling.store.pets.set(pet.id, { ...pet, photoUrls: ['https://images.example/new.png', ...pet.photoUrls] })
        return reply
      },
    }),
  },
  {
    id: 'domain-validated-at-once',
    summary: 'A new domain is validated and active.',
    seams: value((found, handling) =>
      isOperation('addDomain')(handling) ? { ...found, status: 'validated', active: true } : found,
    ),
  },
  {
    id: 'cached-briefly',
    summary: 'Answers have an ETag, a Last-Modified and a Cache-Control.',
    seams: success((answer) => ({
      headers: withHeaders(answer, {
        ETag: `W/"${answer.body.length}"`,
        'Last-Modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
        'Cache-Control': 'private, max-age=0',
      }),
    })),
  },
]

/** Other ways to store, to acknowledge and to refuse. */
export const writeVariants: readonly Variant[] = [
  ...owned,
  ...normalised,
  ...leftOut,
  ...later,
  ...accounts,
  ...replies,
]
