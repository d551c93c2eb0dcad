import { crash, input, refuse } from '../../alter.ts'
import type { FaultRow } from '../../fault.ts'
import type { Seams } from '../../server/seams.ts'
import type { Domain, User } from '../../server/store.ts'

/** Reads users by the beginning of their names: the last one that was created. */
const comparedUpTo = (letters: number) => (): Seams => ({
  reply: ({ input, store }, next) => {
    const reply = next()
    const isNear = ({ username }: User) => username.slice(0, letters) === input.parameter.slice(0, letters)
    return reply.status === 200 ? { ...reply, value: [...store.users.values()].findLast(isNear) } : reply
  },
})

/** A deletion takes the order of the same name with it. */
const takingOrder = (): Seams => ({
  reply: ({ input, store }, next) => {
    const reply = next()
    if (reply.status < 300) store.orders.delete(input.parameter)
    return reply
  },
})

const deletesOrder =
  (path: string): FaultRow['witness'] =>
  async ({ get, post, remove }) => {
    await post('/user', { username: '1' })
    await remove(path)
    return (await get('/store/order/1')).status === 404
  }

/** Names and numbers of one record are taken for those of another. */
export const takenForAnother: readonly FaultRow[] = [
  {
    id: 'deletion-of-pet-takes-order-of-its-number',
    operation: 'deletePet',
    summary: 'Deleting a pet deletes the order of the same number.',
    seams: takingOrder,
    witness: deletesOrder('/pet/1'),
  },
  {
    id: 'deletion-of-user-takes-order-of-that-name',
    operation: 'deleteUser',
    summary: 'Deleting a user whose name is a number deletes the order of that number.',
    seams: takingOrder,
    witness: deletesOrder('/user/1'),
  },
]

/** Users that a later user of a similar name, or of the same, meets. */
export const nameFaults: readonly FaultRow[] = [
  {
    id: 'names-compared-up-to-64',
    operation: 'getUserByName',
    summary: 'Users whose names agree in their first 64 letters are the same.',
    seams: comparedUpTo(64),
    witness: async ({ get, post }) => {
      await post('/user', { username: `${'a'.repeat(64)}b`, firstName: 'first' })
      await post('/user', { username: `${'a'.repeat(64)}c`, firstName: 'second' })
      return (await get(`/user/${'a'.repeat(64)}b`)).object.firstName === 'second'
    },
  },
  {
    id: 'user-inherits-from-deleted',
    operation: ['deleteUser', 'createUser'],
    summary: 'A user under the name of a deleted one gets the fields that it leaves out from that one.',
    seams: () => {
      const gone = new Map<string, User>()
      return {
        reply: ({ match, input, store }, next) => {
          const user = store.users.get(input.parameter)
          if (match.operation?.id === 'deleteUser' && user) gone.set(input.parameter, user)
          if (match.operation?.id === 'createUser') {
            const sent = input.body as User
            input.body = { ...gone.get(sent.username), ...sent }
          }
          return next()
        },
      }
    },
    witness: async ({ get, post, remove }) => {
      await post('/user', { username: 'twice', firstName: 'first' })
      await remove('/user/twice')
      await post('/user', { username: 'twice' })
      return (await get('/user/twice')).object.firstName === 'first'
    },
  },
]

/** Numbers and signs that lose something on their way. */
export const lossFaults: readonly FaultRow[] = [
  {
    id: 'order-ids-are-floats',
    operation: ['placeOrder'],
    summary: 'Ids of orders are stored as floats of 32 bits.',
    seams: input<Partial<Domain>>(({ id, ...order }) => ({
      ...order,
      ...(id !== undefined && { id: /^\d+$/.test(id) ? String(Math.fround(Number(id))) : id }),
    })),
    witness: async ({ get, post }) => {
      await post('/store/order', { id: '16777217', name: 'float.example' })
      return (await get('/store/order/16777217')).status !== 200
    },
  },
  {
    id: 'plus-in-email-is-blank',
    operation: 'updateUser',
    summary: 'A plus sign in the email of a user is stored as a blank.',
    seams: input<Partial<User>>((user) => ({ ...user, ...(user.email && { email: user.email.replace('+', ' ') }) })),
    witness: async ({ get, put }) => {
      await put('/user/user1', { email: 'a+b@mail.example' })
      return (await get('/user/user1')).object.email === 'a b@mail.example'
    },
  },
]

export const MULTIPART = 'multipart/form-data; boundary=b'

/** Sizes at which servers fail. */
export const sizeFaults: readonly FaultRow[] = [
  {
    id: 'large-upload-fails',
    operation: 'uploadFile',
    summary: 'A file above 64 KB gives 500.',
    seams: crash(({ request }) => request.body.length > 65_536),
    witness: async ({ send }) =>
      (await send('POST', '/pet/1/uploadImage', { type: MULTIPART, body: multipartOf(70_000) })).status === 500,
  },
]

export const multipartOf = (size: number) =>
  `--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n${'x'.repeat(size)}\r\n--b--`

/** Texts that are false, or nothing, in some languages. */
export const emptyLookingFaults: readonly FaultRow[] = ['0', 'false', 'null'].map((name) => ({
  id: `username-${name}-refused`,
  operation: 'createUser',
  summary: `The username ${name} is taken for none.`,
  seams: refuse(({ input }) => (input.body as User).username === name),
  witness: async ({ post }) => (await post('/user', { username: name })).status === 400,
}))
