import { createHash } from 'node:crypto'

/** In place of an operation in the id of a finding that is about more than one. */
export const EVERYWHERE = '*'

const OF_OPERATION = 4
const OF_FAMILY = 6

/**
 * An id that is short enough to type, and the same in every run: of the check, of the operation, and of what is common to
 * its places. The part of the operation tells a mistyped id from one whose finding is gone.
 */
export const findingId = (check: string, operation: string, family: string): string =>
  `${check}-${hashOf(operation, OF_OPERATION)}${hashOf(family, OF_FAMILY)}`

/** Which of the operations an id is about: one, all if it is about several, none if no such id exists. */
export function operationsOfId(id: string, check: string, operations: readonly string[]): readonly string[] {
  const hash = id.startsWith(`${check}-`) ? id.slice(check.length + 1) : ''
  if (hash.length !== OF_OPERATION + OF_FAMILY) return []
  const isMeant = (operation: string) => hash.startsWith(hashOf(operation, OF_OPERATION))
  return isMeant(EVERYWHERE) ? operations : operations.filter(isMeant)
}

const hashOf = (text: string, length: number) => createHash('sha256').update(text).digest('hex').slice(0, length)
