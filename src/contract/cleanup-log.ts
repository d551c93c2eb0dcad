import type { Hide } from '../http/redaction/secret-values.ts'
import type { Operation } from '../openapi/operation.ts'
import { plainText } from '../openapi/plain-text.ts'
import { NOBODYS } from './guard.ts'
import { type Interaction, isSuccess, type Request } from './interaction.ts'
import { sentText } from './sent-text.ts'

/** Records what a run creates, so that it can be removed again. Each line is stored before its write is sent. */
export interface CleanupLog {
  readonly before: (operation: Operation, request: Request) => void
  readonly after: (interaction: Interaction) => void
  /** The paths to DELETE, newest first. */
  readonly toRemove: () => readonly string[]
  /** Takes a path off the list after its deletion. */
  readonly forget: (path: string) => void
  /** Created records that the API cannot remove. */
  readonly leftovers: () => readonly string[]
  /** True for the path of a record that this run has created, or is about to. */
  readonly owns: (path: string) => boolean
}

/** One line of the log's file. */
export interface CleanupLine {
  /** The base URL of the server that the run checks. */
  readonly target?: string
  readonly remove?: string
  readonly leftover?: string
  /** The record that is about to be created under an id that only the answer tells; `written` says that it came. */
  readonly writing?: string
  readonly written?: string
  readonly removed?: string
}

/** Creates a log. `write` gets each line at once and must have stored it when it returns. */
export function createCleanupLog(write: (line: CleanupLine) => void, hide: Hide = (text) => text): CleanupLog {
  const label = (id: string, request: Request) => hide(labelOf(id, request))
  const paths = new Set<string>()
  const known = new Set<string>()
  const left = new Set<string>()
  const pets = new Set<string>()
  const remove = (path: string) => {
    if (paths.has(path)) return
    write({ remove: path })
    paths.add(path)
    known.add(path)
  }
  const leave = (what: string) => {
    write({ leftover: what })
    left.add(what)
  }
  return {
    before: (operation, request) => {
      if (NAMELESS.includes(operation.id)) write({ writing: label(operation.id, request) })
      for (const name of usernamesIn(operation, request)) remove(`/user/${encodeURIComponent(name)}`)
    },
    after: (interaction) => {
      const { operation, request, value } = interaction
      if (operation && NAMELESS.includes(operation.id)) write({ written: label(operation.id, request) })
      if (!isSuccess(interaction) || request.method !== operation?.method) return
      if (operation.id === 'addDomain') leave(label(operation.id, request))
      if (operation.id === 'placeOrder') keepOrder(value, remove, () => leave(label(operation.id, request)))
      for (const id of petsWritten(operation.id, request)) pets.add(id)
      if (operation.id === 'deletePet' && pets.delete(idIn(request.path)))
        leave(`pet ${idIn(request.path)} was deleted`)
      if (operation.method === 'DELETE' && paths.delete(request.path)) write({ removed: request.path })
    },
    forget: (path) => void paths.delete(path),
    toRemove: () => [...paths].reverse(),
    leftovers: () => [...left, ...(pets.size > 0 ? [`pets that were written to: ${[...pets].join(', ')}`] : [])],
    owns: (path) => known.has(path),
  }
}

/** The pets that full mode writes to, though it did not create them. No write to a missing one counts. */
function petsWritten(operationId: string, request: Request): string[] {
  const { path } = request
  if (['updatePetWithForm', 'uploadFile', 'deletePet'].includes(operationId)) return [idIn(path)].filter(isUsual)
  if (operationId !== 'updatePet') return []
  const [, id = ''] = /"id":(\d+)|<id>\s*(\d+)/.exec(sentText(request))?.filter(Boolean) ?? []
  return [id].filter(isUsual)
}

const idIn = (path: string) => /^\/pet\/(\d+)/.exec(path)?.[1] ?? ''

const isUsual = (id: string) => id !== '' && Number(id) < NOBODYS

const CREATING = ['createUser', 'createUsersWithListInput']

/** All names that a server may find, also in a body that is no JSON, or that has a name twice. */
function usernamesIn({ id }: Operation, request: Request): string[] {
  if (!CREATING.includes(id)) return []
  const text = sentText(request)
  return [...new Set([...usernamesOf(text), ...usernamesLike(text)])]
}

function usernamesOf(text: string): string[] {
  try {
    const users: unknown[] = [JSON.parse(text)].flat()
    return users.map((user) => Object(user).username).filter((name): name is string => typeof name === 'string')
  } catch {
    return []
  }
}

/** Finds the value after the word in JSON, forms and XML. Names with escapes are read as JSON above. */
const usernamesLike = (text: string): string[] =>
  [...text.matchAll(/\busername["']?\s*[:=>]\s*["']?([^"'\\<>&,}\s]+)["'<&,}\s]/g)].map(([, name = '']) => name)

function keepOrder(value: unknown, remove: (path: string) => void, leave: () => void): void {
  const { id } = Object(value)
  if (/^[1-9]\d*$/.test(plainText(id))) remove(`/store/order/${id}`)
  else leave()
}

/** Operations that create a record under an id that only the answer tells. */
export const NAMELESS: readonly string[] = ['addDomain', 'placeOrder']

const labelOf = (operationId: string, request: Request) =>
  `${operationId === 'addDomain' ? 'a domain' : 'an order'} (${sentText(request).slice(0, 80)})`
