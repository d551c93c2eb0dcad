import { habitsOf } from '../habits-of.ts'
import { listed, operationIn, publishedOf } from '../operations.ts'
import { merged } from '../profile.ts'
import type { Way } from '../way.ts'

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/Order/, 'order'],
  [/User/, 'user'],
  [/./, 'pet'],
]

const kindOf = (operation: string) => KINDS.find(([pattern]) => pattern.test(operation))?.[1] ?? ''

/** The status for a record that is not there. */
export const missingRecord: Way = {
  id: 'missing-record',
  question: 'Order ids: prose says 1 to 10, "other values will generate exceptions"',
  mock: ['404', '400', '405'],
  part: 'status',
  read: habitsOf({
    isMeant: ({ expectation, status, about, operation, isSecured }) =>
      operation !== '' &&
      status >= 400 &&
      status < 500 &&
      !(isSecured && [401, 403].includes(status)) &&
      (['missing', 'missing-or-invalid'].includes(expectation) || (expectation === 'any' && /missing/.test(about))),
    place: ({ operation, about }) => `${operation} ${about}`,
    does: ({ status }) => String(status),
  }),
  say: ({ live, mock, places }, server) => {
    const operations = places.map(operationIn)
    return `${server} answers ${listed(operations)} of an unknown ${listed(operations.map(kindOf))} with ${live}, the mock with ${mock}`
  },
  setting: operationIn,
  adopt: ({ live, places }, document) => {
    const operations = places.map(operationIn)
    const other = operations.find((id) => {
      const published = publishedOf(document, id)
      const isEither = kindOf(id) === 'order' && published.includes(live)
      return published.includes('404') && !isEither
    })
    if (other !== undefined) return `the reference publishes 404 for ${other}`
    return /^\d+$/.test(live)
      ? merged(operations.map((id) => ({ refusals: { [id]: { 'missing record': Number(live) } } })))
      : 'the server does one thing here and another there'
  },
}
