import type { Operation } from '../spec/operation.ts'
import { type Exchange, isSuccess, type Request } from './exchange.ts'

/** What a run has created, so that it can be removed again; each line is kept before the write that it is about. */
export interface Journal {
  readonly before: (operation: Operation, request: Request) => void
  readonly after: (exchange: Exchange) => void
  /** The paths to DELETE, newest first. */
  readonly toRemove: () => readonly string[]
  /** Takes a path off the list, once it is gone. */
  readonly forget: (path: string) => void
  /** What was created and cannot be removed through the API. */
  readonly leftovers: () => readonly string[]
  /** Ids that the server gave to records of this run. */
  readonly ids: ReadonlySet<string>
}

/** One line of a journal's file. */
export interface JournalLine {
  readonly remove?: string
  readonly leftover?: string
  readonly removed?: string
}

/** Keeps a journal; `write` gets each line at once and must have stored it when it returns. */
export function createJournal(write: (line: JournalLine) => void): Journal {
  const paths = new Set<string>()
  const left = new Set<string>()
  const ids = new Set<string>()
  const remove = (path: string) => {
    if (paths.has(path)) return
    write({ remove: path })
    paths.add(path)
  }
  const leave = (what: string) => {
    write({ leftover: what })
    left.add(what)
  }
  return {
    before: (operation, { body }) => {
      for (const name of usernamesIn(operation, body)) remove(`/user/${encodeURIComponent(name)}`)
    },
    after: (exchange) => {
      const { operation, request, value } = exchange
      if (!isSuccess(exchange) || request.method !== operation?.method) return
      if (operation.id === 'addDomain') leave(`a domain (${shorten(request.body)})`)
      if (operation.id === 'placeOrder') keepOrder(value, request, ids, remove, leave)
      if (operation.method === 'DELETE' && paths.delete(request.path)) write({ removed: request.path })
    },
    forget: (path) => void paths.delete(path),
    toRemove: () => [...paths].reverse(),
    leftovers: () => [...left],
    ids,
  }
}

const CREATING = ['createUser', 'createUsersWithListInput']

function usernamesIn({ id }: Operation, body: Buffer | undefined): string[] {
  if (!CREATING.includes(id) || body === undefined) return []
  try {
    const users: unknown[] = [JSON.parse(body.toString())].flat()
    return users.map((user) => Object(user).username).filter((name): name is string => typeof name === 'string')
  } catch {
    return []
  }
}

function keepOrder(
  value: unknown,
  request: Request,
  ids: Set<string>,
  remove: (path: string) => void,
  leave: (what: string) => void,
): void {
  const { id } = Object(value)
  if (/^[1-9]\d*$/.test(String(id))) {
    ids.add(String(id))
    remove(`/store/order/${id}`)
  } else leave(`an order (${shorten(request.body)})`)
}

const shorten = (body: Buffer | undefined) => (body?.toString() ?? '').slice(0, 80)
