import { success, withHeaders } from '../alter.ts'
import { type Handling, JSON_TYPE, Refusal } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Variant } from '../variant.ts'

/** Answers a refusal of that status with another one. */
const restated =
  (from: number, to: number, isMeant: (handling: Handling) => boolean = () => true): (() => Seams) =>
  () => ({
    answer: (handling, next) => {
      const answer = next()
      return answer.status === from && isMeant(handling) ? { ...answer, status: to } : answer
    },
  })

/** Gives errors another body. */
const errorsAs = (type: string | undefined, text: string) => (): Seams => ({
  answer: (_handling, next) => {
    const answer = next()
    if (answer.status < 400) return answer
    return { ...answer, headers: withHeaders(answer, { 'Content-Type': type }), body: Buffer.from(text) }
  },
})

const isOperation =
  (...ids: readonly string[]) =>
  ({ match }: Handling) =>
    ids.includes(match.operation?.id ?? '')

/** Refuses where the test holds, once the key was found right. */
const refusing =
  (status: number, isRefused: (handling: Handling) => boolean): (() => Seams) =>
  () => ({
    violations: (handling, next) => {
      if (isRefused(handling)) throw new Refusal(status, 'Not here.')
      return next()
    },
  })

const isCreation = isOperation('addDomain', 'createUser', 'createUsersWithListInput')
const isBodyInvalid = ({ input, match }: Handling) => match.operation?.body !== undefined && input.body !== undefined

/** Other statuses, and other errors, where the document leaves them open. */
export const statusVariants: readonly Variant[] = [
  {
    id: 'forbidden-for-unauthorised',
    summary: 'A missing or wrong key gives 403.',
    seams: restated(401, 403),
  },
  {
    id: 'no-content',
    summary: 'What has nothing to say is answered with 204.',
    seams: success(({ body, headers }, { match }) =>
      body.length === 0 && match.operation?.gives === undefined ? { status: 204, headers } : {},
    ),
  },
  {
    id: 'created-for-creations',
    summary: 'Creations whose success has no documented status are answered with 201.',
    seams: success((_answer, handling) => (isCreation(handling) ? { status: 201 } : {})),
  },
  {
    id: 'accepted-for-deletions',
    summary: 'Deletions are answered with 202 and a few words.',
    seams: success((answer, { request }) =>
      request.method === 'DELETE'
        ? { status: 202, headers: withHeaders(answer, { 'Content-Type': 'text/plain' }), body: Buffer.from('Soon.') }
        : {},
    ),
  },
  {
    id: 'updates-give-record',
    summary: 'Updates are answered with a body though none is documented.',
    seams: success((answer, handling) =>
      isOperation('updatePet', 'updatePetWithForm', 'updateUser', 'createUser')(handling)
        ? { headers: withHeaders(answer, { 'Content-Type': JSON_TYPE }), body: Buffer.from('{"ok":true}') }
        : {},
    ),
  },
  { id: 'errors-in-html', summary: 'Errors are pages.', seams: errorsAs('text/html', '<!doctype html><p>Sorry') },
  { id: 'errors-empty', summary: 'Errors have no body.', seams: errorsAs(undefined, '') },
  { id: 'errors-in-json', summary: 'Errors are JSON.', seams: errorsAs(JSON_TYPE, '{"error":{"code":7}}') },
  {
    id: 'unprocessable',
    summary: 'An invalid body gives 422, whatever the document names.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        const isMeant = [400, 405].includes(answer.status) && isBodyInvalid(handling)
        return isMeant ? { ...answer, status: 422 } : answer
      },
    }),
  },
  {
    id: 'always-400',
    summary: 'Every invalid request gives 400, a wrong Content-Type too.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        const isMeant = [405, 415].includes(answer.status) && handling.match.operation !== undefined
        return isMeant ? { ...answer, status: 400 } : answer
      },
    }),
  },
  {
    id: 'login-required-for-users',
    summary: 'What only the logged in user can do is refused with 401.',
    seams: refusing(401, isOperation('createUser', 'updateUser', 'deleteUser')),
    otherwise: [
      'createUser',
      'createUser refuses',
      'getUserByName',
      'getUserByName in XML',
      'updateUser',
      'updateUser is stored',
      'deleteUser',
    ],
  },
  {
    id: 'unknown-query-refused',
    summary: 'A query parameter that the document does not name gives 400.',
    seams: refusing(400, ({ input, match }) => {
      const known = Object.keys(match.operation?.query ?? {})
      return [...input.query.keys()].some((name) => !known.includes(name))
    }),
  },
  {
    id: 'unknown-properties-refused',
    summary: 'A property of a body that the document does not name is refused.',
    seams: refusing(400, ({ request }) => request.body.includes('"unknown')),
  },
  {
    id: 'body-validated-before-key',
    summary: 'An invalid body is refused as such, with or without a key.',
    seams: () => ({
      authenticated: ({ input, match, request }, next) => {
        if (match.operation?.id === 'addDomain' && request.body.includes('"name":7')) throw new Refusal(405, 'No name.')
        return next() && input.body === undefined
      },
    }),
  },
  {
    id: 'wrong-method-is-404',
    summary: 'A method that a path does not have is not found.',
    seams: () => ({
      answer: ({ match, request }, next) => {
        const answer = next()
        return answer.status === 405 && !match.operation && request.method !== 'OPTIONS'
          ? { status: 404, headers: {}, body: Buffer.alloc(0) }
          : answer
      },
    }),
    otherwise: ['a wrong method'],
  },
  {
    id: 'repeated-query-refused',
    summary: 'A query parameter may come once.',
    seams: refusing(400, ({ input }) => [...input.query.values()].some(({ length }) => length > 1)),
  },
  {
    id: 'repeated-query-last-wins',
    summary: 'Of a repeated query parameter the last counts.',
    seams: () => ({
      violations: ({ input }, next) => {
        input.query = new Map([...input.query].map(([name, values]) => [name, values.slice(-1)]))
        return next()
      },
    }),
  },
  {
    id: 'taken-name-refused',
    summary: 'A user whose name is taken is refused with 409.',
    seams: refusing(409, (handling) => {
      const { username } = Object(handling.input.body)
      return isOperation('createUser')(handling) && handling.store.users.has(username)
    }),
  },
  {
    id: 'missing-order-is-400',
    summary: 'An order that is not there is called invalid.',
    seams: restated(404, 400, isOperation('getOrderById', 'deleteOrder')),
  },
  {
    id: 'missing-pet-of-form-is-405',
    summary: 'A form for a pet that is not there is refused with the only documented status.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        const isMeant = answer.status === 404 && isOperation('updatePetWithForm')(handling)
        const allow = { Allow: handling.match.allowed?.join(', ') }
        return isMeant ? { ...answer, status: 405, headers: withHeaders(answer, allow) } : answer
      },
    }),
  },
  {
    id: 'accept-lenient',
    summary: 'What cannot be had as asked for comes as JSON, not as 406.',
    seams: () => ({ type: (_handling, next) => next() ?? JSON_TYPE }),
  },
  {
    id: 'options-refused',
    summary: 'OPTIONS is not offered.',
    seams: () => ({
      match: ({ request }, next) => {
        const { allowed, ...match } = next()
        if (allowed === undefined) return match
        if (request.method === 'OPTIONS')
          throw new Refusal(405, 'Not offered.', { Allow: withoutOptions(allowed).join(', ') })
        return { ...match, allowed: withoutOptions(allowed) }
      },
    }),
  },
]

const withoutOptions = (allowed: readonly string[]) => allowed.filter((name) => name !== 'OPTIONS')
