import type { Redaction } from '../../http/redaction/redaction.ts'
import type { Found } from './check-answer.ts'

/** One way in which answers of an operation break the document, and how often. */
export interface CountedViolation extends Found {
  readonly operationId: string
  readonly count: number
}

/** The violations of all answers so far. */
export interface ViolationLog {
  note(operationId: string, found: readonly Found[]): void
  list(): CountedViolation[]
  clear(): void
  /** The number of violations, repeated ones included. */
  readonly count: number
  /** Counts the answers with violations, and the times that all was forgotten. */
  readonly revision: number
}

/** Further ones are only counted with those that are known. */
const MOST = 1_000

/** Counts violations, which it gives without secrets, by their operation, place and rule; indexes in lists make no difference. */
export function createViolationLog({ violation }: Pick<Redaction, 'violation'>): ViolationLog {
  const known = new Map<string, CountedViolation>()
  let revision = 0
  return {
    get count() {
      return [...known.values()].reduce((sum, { count }) => sum + count, 0)
    },
    get revision() {
      return revision
    },
    note: (operationId, found) => {
      if (found.length > 0) revision += 1
      for (const one of found) {
        const key = JSON.stringify([operationId, one.pointer.replace(/\/\d+/g, '/*'), one.rule, one.expected])
        const before = known.get(key)
        if (before) known.set(key, { ...before, count: before.count + 1 })
        else if (known.size < MOST) known.set(key, { ...one, operationId, count: 1 })
      }
    },
    list: () => [...known.values()].map((one) => ({ ...one, ...violation(one, '') })),
    clear: () => {
      revision += 1
      known.clear()
    },
  }
}
