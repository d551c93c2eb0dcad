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

  /** Another record may have its id, but not its name. */
  back: (what: string): Observation => ({
    place: `a deleted ${what} that is back`,
    expected: `no ${what}, or another one`,
    actual: `the ${what} that was deleted`,
  }),

  /** Of several deletions at the same time one finds the record; a server that refuses them all is accused elsewhere. */
  once: (successes: number): Observation | undefined =>
    successes > 1
      ? { place: 'deletions at once', expected: 'one success', actual: `${successes} successes` }
      : undefined,

  /** No list may show it. */
  notListed: (id: number, listed: unknown): Observation | undefined =>
    listed === undefined
      ? undefined
      : { place: 'a deleted pet in a list', expected: `no pet ${id}`, actual: 'still listed' },
})
