import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** The names of elements that the reference does not give: the root of a list, its items, and the token's root. */
function read(all: readonly Seen[]): Habit[] {
  return all.flatMap((seen): Habit[] => {
    const [root, item] = seen.elements
    if (!isDone(seen) || root === undefined) return []
    if (seen.operation === 'loginUser') return [{ place: 'the token', does: `<${root}>`, seen: [seen] }]
    const isList = seen.operation.startsWith('findPets') && item !== undefined
    return isList ? [{ place: 'lists', does: `<${root}><${item}>`, seen: [seen] }] : []
  })
}

export const xmlNames: Way = {
  id: 'xml-names',
  question: "XML arrays have no root in the reference; login's string has no XML form",
  mock: ['<Pets><Pet>', '<string>'],
  part: 'shape',
  read,
  say: ({ live, mock, places }, server) =>
    `${server} writes ${places.join(' and ')} in XML as ${live}, the mock as ${mock}`,
}
