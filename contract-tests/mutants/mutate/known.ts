import { pick, type Stream } from '../../../fixtures/stream.ts'
import { AUTO } from './step.ts'
import { below, happens, text } from './words.ts'

/** The records that a session may name: those of the server, and those that it made. */
export interface Known {
  /** Pets that are there and are never deleted, some that may be, and ids that no pet has. */
  readonly pets: readonly number[]
  readonly doomed: readonly number[]
  /** Users that the session made, with their passwords if they have one. */
  readonly users: Map<string, string | undefined>
  readonly orders: Set<string>
  /** Counts names, so that none comes twice. */
  count: number
}

/** Pets cannot be created: a few of those that are there are deleted in a session. */
export const createKnown = (pets: readonly number[]): Known => ({
  pets: pets.slice(Math.min(4, pets.length >> 1)),
  doomed: pets.slice(0, Math.min(4, pets.length >> 1)),
  users: new Map(),
  orders: new Set(),
  count: 0,
})

const ENDINGS = [
  '',
  '',
  '',
  '.b',
  '-c',
  ' d',
  'ü',
  '日本',
  '😀',
  '@x.example',
  '+1',
  '&a=b',
  '%41',
  '/x',
  '?q',
  '#h',
  "o'n",
  '\\',
  ';v=1',
]

/** A name that no user has. */
export function freshName(stream: Stream, known: Known): string {
  known.count += 1
  return `${pick(stream, ['u', 'User', 'ü', 'log'])}${known.count}${pick(stream, ENDINGS)}`
}

/** Names that nobody has, such as those that every object inherits. */
const NOBODY = [
  'nobody',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'u',
  'user',
  'USER1',
  'null',
  'undefined',
]

/** The name of a user that is there, or of nobody. */
export function anyName(stream: Stream, { users }: Known): string {
  const names = [...users.keys()]
  return names.length > 0 && happens(stream, 0.8) ? pick(stream, names) : pick(stream, NOBODY)
}

/** A pet that is there, or at times none. */
export function anyPet(stream: Stream, { pets, doomed }: Known): number {
  const dice = stream.next()
  if (dice < 0.85) return pick(stream, pets)
  return dice < 0.93 ? pick(stream, doomed) : 5_000_000 + below(stream, 1000)
}

/** Texts that are no id of any record, in whichever way they are read. */
export const NO_IDS = [
  'abc',
  '-1',
  '-5',
  '1.5',
  'null',
  'NaN',
  '1a',
  'a1',
  '--1',
  '1-',
  '٣',
  '%20',
  '1%2C2',
  '99999999999999999999',
  'true',
  '[1]',
]

/** Spellings of numbers that some servers read as an id, and some do not. */
export const OPEN_IDS = ['007', '1e0', '0x1', '1.0', '+1', '%2B1', '%201', '1%20', '-0', '0', '9007199254740993']

/** The number of an order: one that was made, one that the server may have, or none. */
export function anyOrder(stream: Stream, { orders }: Known): string {
  const made = [...orders]
  const dice = stream.next()
  if (dice < 0.4 && made.length > 0) return `{${pick(stream, made)}}`
  if (dice < 0.6) return `{${AUTO}}`
  return dice < 0.8 ? String(1 + below(stream, 10)) : String(70_000 + below(stream, 1000))
}

/** A number that a client gives to its order. */
export function orderNumber(stream: Stream, { orders }: Known): string {
  const number =
    happens(stream, 0.1) && orders.size > 0 ? pick(stream, [...orders]) : String(40_000 + below(stream, 5000))
  orders.add(number)
  return number
}

/** A name as a segment of a path, each character escaped as far as it must be or further. */
export function segment(stream: Stream, name: string): string {
  const escaped = encodeURIComponent(name)
  if (happens(stream, 0.1)) return escaped.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
  return happens(stream, 0.1) ? escaped.replace(/^[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`) : escaped
}

/** A password that is not the user's. */
export const wrongPassword = (stream: Stream, password: string): string =>
  pick(
    stream,
    [`${password}x`, [...password].slice(0, -1).join(''), password.toUpperCase() + 1, '', `${text(stream)}!`].filter(
      (one) => one !== password,
    ),
  )
