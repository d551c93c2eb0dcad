import { pick, type Stream } from '../../../fixtures/stream.ts'
import { below, happens, int32, int64, someText, tagName } from './words.ts'

export type Fields = Readonly<Record<string, unknown>>

export const STATUSES = ['available', 'pending', 'sold'] as const
export const VALIDATIONS = ['missing validation', 'validated'] as const

const list = <T>(stream: Stream, make: (stream: Stream) => T): T[] =>
  Array.from({ length: below(stream, 4) }, () => make(stream))

/** Leaves out each field so often. */
const some = (stream: Stream, chance: number, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(() => !happens(stream, chance)))

/** A user with all fields, or with some of them. */
export function userOf(stream: Stream, username: string, isWhole = false): Fields {
  const texts = ['firstName', 'lastName', 'email', 'password', 'phone'].map((name) => [name, someText(stream)])
  const rest = { id: int64(stream), ...Object.fromEntries(texts), userStatus: int32(stream) }
  return { username, ...(isWhole ? rest : some(stream, 0.2, rest)) }
}

/** A pet with all fields: what a PUT leaves out is the server's. */
export const petOf = (stream: Stream, id: number): Fields => ({
  id,
  name: someText(stream),
  photoUrls: list(stream, someText),
  category: happens(stream, 0.9) ? { name: someText(stream) } : {},
  tags: list(stream, () => ({ id: int64(stream), name: tagName(stream) })),
  status: pick(stream, STATUSES),
})

/** An order; the server gives the number if there is none. */
export const orderOf = (stream: Stream, id: string | undefined): Fields => ({
  ...(id !== undefined && { id }),
  ...some(stream, 0.3, {
    name: someText(stream),
    validate: someText(stream),
    status: pick(stream, VALIDATIONS),
    active: happens(stream, 0.5),
  }),
})
