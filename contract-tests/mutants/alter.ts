import { type Answer, type Handling, type MediaType, XML_TYPE } from './server/handling.ts'
import type { Seams } from './server/seams.ts'
import type { Pet, User } from './server/store.ts'

type Make = () => Seams
type Fields = Readonly<Record<string, unknown>>

/** Changes the value of a reply before it is written, in JSON and XML alike. */
export const value =
  <T = Fields>(change: (value: T, handling: Handling) => unknown): Make =>
  () => ({ value: (handling, next) => change(next() as T, handling) })

/** Changes the value of a reply in one media type only. */
export const valueIn = <T = Fields>(type: MediaType, change: (value: T) => unknown): Make =>
  value<T>((before, handling) => (handling.type === type ? change(before) : before))

/** Changes the text of XML replies. */
export const xml =
  (change: (text: string) => string): Make =>
  () => ({ text: (handling, next) => (handling.type === XML_TYPE ? change(next()) : next()) })

/** Changes XML before it is read. */
export const inXml =
  (change: (xml: string) => string): Make =>
  () => ({
    body: (handling, next) => {
      const { request } = handling
      if (request.headers['content-type']?.startsWith(XML_TYPE))
        handling.request = { ...request, body: Buffer.from(change(request.body.toString())) }
      return next()
    },
  })

/** Changes what was decoded, after it was validated and before it is handled. */
export const input =
  <T = Fields>(change: (body: T, handling: Handling) => unknown): Make =>
  () => ({
    reply: (handling, next) => {
      handling.input.body = change(handling.input.body as T, handling)
      return next()
    },
  })

/** Changes successful answers. */
export const success =
  (change: (answer: Answer, handling: Handling) => Partial<Answer>): Make =>
  () => ({
    answer: (handling, next) => {
      const answer = next()
      return answer.status < 300 ? { ...answer, ...change(answer, handling) } : answer
    },
  })

/** Changes headers of successful answers; undefined removes one. */
export const headers = (change: Readonly<Record<string, string | undefined>>): Make =>
  success((answer) => ({ headers: withHeaders(answer, change) }))

/** The answer's headers with some replaced or, where undefined, removed. */
export function withHeaders(answer: Answer, change: Readonly<Record<string, string | undefined>>): Answer['headers'] {
  const merged = Object.entries({ ...answer.headers, ...change })
  return Object.fromEntries(merged.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
}

/** Takes every request of the operation for valid where the test holds. */
export const lenient =
  (isIgnored: (pointer: string) => boolean = () => true): Make =>
  () => ({ violations: (_handling, next) => next().filter(({ pointer }) => !isIgnored(pointer)) })

/** Refuses valid requests that the test picks. */
export const refuse =
  (isRefused: (handling: Handling) => boolean): Make =>
  () => ({
    violations: (handling, next) => {
      const violations = next()
      if (violations.length > 0 || !isRefused(handling)) return violations
      return [{ place: 'body', pointer: '', expected: 'something else' }]
    },
  })

/** Fails, as servers do on an unforeseen case. */
export const crash =
  (isUnforeseen: (handling: Handling) => boolean): Make =>
  () => ({
    answer: (handling, next) => {
      const answer = next()
      return isUnforeseen(handling) ? { ...answer, status: 500, body: Buffer.alloc(0) } : answer
    },
  })

/** Does something after the operation has succeeded. */
export const after =
  (act: (handling: Handling) => void): Make =>
  () => ({
    reply: (handling, next) => {
      const reply = next()
      act(handling)
      return reply
    },
  })

/** Changes the stored pet, where there is one. */
export function alterPet({ store }: Handling, id: number, change: (pet: Pet) => Pet): void {
  const pet = store.pets.get(id)
  if (pet) store.pets.set(id, change(pet))
}

/** Changes the stored user, where there is one. */
export function alterUser({ store }: Handling, username: string, change: (user: User) => User): void {
  const user = store.users.get(username)
  if (user) store.users.set(username, change(user))
}

/** A copy without one of its fields. */
export const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
