import { isObject } from '../../openapi/json-object.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Interaction } from '../interaction.ts'

/** The id of a record, and the field of its reply that has it. */
interface FoundId {
  readonly field: string
  readonly value: string | number
}

/** Ids that replies showed, so that paths can name records that are there. */
export interface FoundIds {
  /** Takes an id from a reply of the collection's path: of the record that it created, or else of the first in a list. */
  readonly learn: (interaction: Interaction) => void
  /** The parameters of the operation's path; undefined if an id is missing. */
  readonly pathOf: (operation: Operation) => Readonly<Record<string, string>> | undefined
  /** The same for each record that a POST created, newest first. */
  readonly createdPathsOf: (operation: Operation) => readonly Readonly<Record<string, string>>[]
  /** The value with the id that the path ends in, if it has a field for it. */
  readonly withId: (operation: Operation, value: unknown) => unknown
}

/** A reply of `/inbox` completes `/inbox/{inboxId}`, by its `inboxId` or its `id`. */
export function createFoundIds(operations: readonly Operation[]): FoundIds {
  const found = new Map<string, FoundId>()
  const created = new Map<string, FoundId[]>()
  const templates = new Set(operations.flatMap(({ path }) => templatesOf(path)))
  const pathOf: FoundIds['pathOf'] = ({ path }) => {
    const entries = templatesOf(path).map((template) => [nameOf(template), found.get(template)?.value] as const)
    if (entries.some(([, value]) => value === undefined)) return undefined
    return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
  }
  return {
    learn: ({ operation, value }) => {
      const record: unknown = Array.isArray(value) ? value[0] : value
      for (const template of templates) {
        if (!operation || template !== `${operation.path}/{${nameOf(template)}}`) continue
        const id = idIn(record, nameOf(template))
        if (!id) continue
        const own = created.get(template) ?? []
        if (operation.method === 'POST') created.set(template, [id, ...own])
        if (operation.method === 'POST' || own.length === 0) found.set(template, id)
      }
    },
    pathOf,
    createdPathsOf: (operation) =>
      (created.get(operation.path) ?? []).map(({ value }) => ({
        ...pathOf(operation),
        [nameOf(operation.path)]: String(value),
      })),
    withId: ({ path }, value) => {
      const id = found.get(path)
      return id && isObject(value) && Object.hasOwn(value, id.field) ? { ...value, [id.field]: id.value } : value
    },
  }
}

/** The beginnings of a path that end in a parameter. */
const templatesOf = (path: string): string[] =>
  [...path.matchAll(/\{\w+\}/g)].map(({ index, 0: text }) => path.slice(0, index + text.length))

const nameOf = (template: string) => /\{(\w+)\}$/.exec(template)?.[1] ?? ''

function idIn(record: unknown, name: string): FoundId | undefined {
  if (!isObject(record)) return undefined
  const field = [name, 'id'].find((key) => ['string', 'number'].includes(typeof record[key]))
  const value = field === undefined ? undefined : record[field]
  return field !== undefined && (typeof value === 'string' || typeof value === 'number') ? { field, value } : undefined
}
