import type { Violation } from '../errors.ts'
import { valueAt } from '../spec/pointer.ts'

/** What the reference asks of a request beyond the schemas, judged together with them. */
const RULES: Readonly<Record<string, (body: unknown) => Violation[]>> = {
  updatePet: requirePetId,
}

/** Judges a decoded body by the rules of its operation. */
export function judgeRules(id: string, body: unknown): Violation[] {
  return RULES[id]?.(body) ?? []
}

/** A pet cannot be replaced without saying which: an absent or negative id is invalid. */
function requirePetId(body: unknown): Violation[] {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return []
  const id = valueAt(body, '/id')
  if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return []
  return [
    {
      pointer: '/body/id',
      expected: 'the id of a pet, an integer of 0 or more',
      ...(id !== undefined && { received: id }),
    },
  ]
}
