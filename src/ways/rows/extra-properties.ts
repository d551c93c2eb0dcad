import { listed } from '../operations.ts'
import { EXTRA_TYPES, merged } from '../profile.ts'
import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const NOTHING = 'nothing else'

/** Properties by name, with their types. XML tells names alone, which count if JSON shows none. */
function namesIn(some: readonly Seen[]): string {
  const types = new Map<string, Set<string>>()
  const inJson = some.flatMap(({ extra }) => extra.filter(({ type }) => type !== 'in XML'))
  const all = inJson.length > 0 ? inJson : some.flatMap(({ extra }) => extra)
  for (const { name, type } of all) types.set(name, (types.get(name) ?? new Set()).add(type))
  const texts = [...types].toSorted().map(([name, set]) => `\`${name}\` (${[...set].toSorted().join(' or ')})`)
  return texts.length === 0 ? NOTHING : listed(texts)
}

/** Properties that the document does not name. */
function read(all: readonly Seen[]): Habit[] {
  const operations = new Map<string, Seen[]>()
  for (const seen of all)
    if (isDone(seen) && seen.operation !== '')
      operations.set(seen.operation, [...(operations.get(seen.operation) ?? []), seen])
  return [...operations].map(([place, some]) => {
    const having = some.filter(({ extra }) => extra.length > 0)
    return { place, does: namesIn(some), seen: having.length > 0 ? having : some }
  })
}

export const extraProperties: Way = {
  id: 'extra-properties',
  question: 'Properties that the document does not name',
  mock: ['nothing else'],
  part: 'shape',
  kind: 'extra',
  read,
  say: ({ live, seen }, server) =>
    `${server}'s answers have ${live}, which the document does not name, in ${seen.length} answers`,
  setting: (place) => place,
  adopt: ({ seen }) => {
    const inJson = seen.flatMap(({ operation, extra }) =>
      extra.flatMap(({ name, type }) => {
        const known = EXTRA_TYPES.find((one) => one === type)
        return known ? [{ extraProperties: { [operation]: { [name]: known } } }] : []
      }),
    )
    return inJson.length === 0 ? 'the mock writes no such elements in XML' : merged(inJson)
  },
}
