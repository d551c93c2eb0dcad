import { type Interaction, statusOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** A deleted record must be gone. */
export const deletion = defineCheck({
  id: 'deletion',
  title: 'What was deleted is gone, and nothing else',
  lastWrite: 'cause',

  /** Its own path must not find it. */
  notFound: (place: string, read: Interaction, statuses: readonly number[] = [404]): Observation | undefined => {
    const status = statusOf(read)
    return statuses.includes(status) ? undefined : { place, expected: statuses.join(' or '), actual: String(status) }
  },

  /** No list may show it. */
  notListed: (id: number, listed: unknown): Observation | undefined =>
    listed === undefined
      ? undefined
      : { place: 'a deleted pet in a list', expected: `no pet ${id}`, actual: 'still listed' },
})
