import { plainText } from '../../openapi/plain-text.ts'
import { defineCheck, type Observation } from './check.ts'

/** New records must have ids of their own. */
export const uniqueIds = defineCheck({
  id: 'unique-ids',
  title: 'New records have ids of their own',

  /** Two new records must have two ids. */
  different: (what: 'domain' | 'order', first: unknown, second: unknown): Observation | undefined =>
    first === second
      ? { place: `ids of two ${what}s`, expected: `another id for each ${what}`, actual: plainText(second) }
      : undefined,
})
