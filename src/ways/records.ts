import { isObject } from '../openapi/json-object.ts'
import { plainText } from '../openapi/plain-text.ts'
import { isDone, type Seen } from './seen.ts'

type Fields = Readonly<Record<string, unknown>>

/** A record as a server shows it at its own path, beside what was stored there. */
export interface Shown {
  readonly kind: 'user' | 'pet'
  readonly sent: Fields
  /** The record before it was replaced; undefined for a new one. */
  readonly before: Fields | undefined
  readonly shown: Fields
  readonly seen: Seen
}

interface Stored {
  readonly sent: Fields
  readonly before: Fields | undefined
}

const lastSegment = (path: string) => {
  const segment = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** Follows the writes of a run and gives each reading of a record that the run itself has written in JSON. */
export function shownRecords(all: readonly Seen[]): Shown[] {
  const records = new Map<string, Stored>()
  /** Each record as it was last shown, whoever wrote it. */
  const shown = new Map<string, Fields>()
  const put = (key: string, sent: Fields, replaces: boolean) =>
    records.set(key, { sent, before: replaces ? (shown.get(key) ?? records.get(key)?.sent) : undefined })
  return all.flatMap((seen) => {
    if (!isDone(seen)) return []
    const { kind, key } = keyIn(seen)
    // A write that must be refused may leave anything behind.
    if (seen.expectation === 'refused') records.clear()
    else WRITES[seen.operation]?.(seen, put, records)
    const stored = records.get(key)
    if (kind === undefined || !isObject(seen.raw)) return []
    shown.set(key, seen.raw)
    if (!stored) return []
    return [{ kind, sent: stored.sent, before: stored.before, shown: seen.raw, seen }]
  })
}

function keyIn({ operation, method, path }: Seen): { readonly kind: Shown['kind'] | undefined; readonly key: string } {
  const name = lastSegment(path)
  if (method !== 'GET') return { kind: undefined, key: '' }
  if (operation === 'getUserByName') return { kind: 'user', key: `user ${name}` }
  return operation === 'getPetById' ? { kind: 'pet', key: `pet ${name}` } : { kind: undefined, key: '' }
}

type Put = (key: string, sent: Fields, replaces: boolean) => void
type Write = (seen: Seen, put: Put, records: Map<string, Stored>) => void

const createUser: Write = ({ sent }, put) => {
  for (const user of [sent].flat()) if (isObject(user)) put(`user ${plainText(user.username)}`, user, false)
}

/** Only records that were sent in JSON are known. */
const WRITES: Readonly<Record<string, Write>> = {
  createUser,
  createUsersWithListInput: createUser,
  updateUser: ({ path, sent }, put, records) => {
    const key = `user ${lastSegment(path)}`
    if (isObject(sent) && records.has(key)) put(key, { ...sent, username: lastSegment(path) }, true)
    else records.delete(key)
  },
  deleteUser: ({ path }, _put, records) => void records.delete(`user ${lastSegment(path)}`),
  updatePet: ({ sent }, put, records) => {
    if (isObject(sent)) put(`pet ${plainText(sent.id)}`, sent, true)
    else for (const key of records.keys()) if (key.startsWith('pet ')) records.delete(key)
  },
  updatePetWithForm: ({ path, sent }, put, records) => {
    const key = `pet ${lastSegment(path)}`
    const stored = records.get(key)
    if (stored && isObject(sent)) put(key, { ...stored.sent, ...sent }, true)
  },
  deletePet: ({ path }, _put, records) => void records.delete(`pet ${lastSegment(path)}`),
}

export const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0
