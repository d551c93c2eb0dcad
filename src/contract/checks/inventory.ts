import { show } from '../../http/json-value.ts'
import { countsStatuses, type KnownPet, STATUSES } from '../listed-pets.ts'
import { defineCheck, type Observation } from './check.ts'

/** The inventory must count what the lists show. */
export const inventory = defineCheck({
  id: 'inventory',
  title: 'The inventory counts what the lists show',
  lastWrite: 'context',

  /** Each status must have as many pets as are listed. A status that the inventory does not name counts as none. */
  counts: (
    counted: Readonly<Record<string, unknown>>,
    pets: ReadonlyMap<number, KnownPet>,
    unnamed: Readonly<Record<string, number>>,
    cause: string,
  ): Observation | undefined => {
    if (!countsStatuses(counted)) return undefined
    const listed = (status: string) =>
      [...pets.values()].filter((pet) => pet.status === status).length + (unnamed[status] ?? 0)
    const wrong = STATUSES.find((status) => (counted[status] ?? 0) !== listed(status))
    if (wrong === undefined) return undefined
    const expected = `${listed(wrong)} ${wrong}, as the list has after ${cause}`
    return { place: `quantity of ${wrong}`, expected, actual: show(counted[wrong]) }
  },
})
