import { headersOf, isPublishedSuccess } from '../../http/answers/published.ts'
import type { Breach } from '../../http/answers/schema-breach.ts'
import type { ResponseHeader } from '../../openapi/operation.ts'
import { type Answer, type Interaction, mediaTypeOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** The documented headers of a success must be there and conform to their schemas. */
export const headers = defineCheck({
  id: 'headers',
  title: 'Documented headers are there and well-formed',
  inspect: ({ operation, answer, headerBreaches }) => {
    if (!operation || !answer || !isPublishedSuccess(operation, answer.status)) return undefined
    if (headersOf(operation).length === 0) return undefined
    return headersOf(operation).flatMap((header) => checkHeader(header, answer, headerBreaches[header.name] ?? []))
  },

  /** "Date in UTC when token expires": another offset names the same moment, so it is only advised against. */
  expiryInUtc: (interaction: Interaction): Observation | undefined =>
    /(Z|[+-]00:00)$/i.test(expiryOf(interaction))
      ? undefined
      : adviceOnExpiry(interaction, 'expiry in another zone', 'X-Expires-After in UTC'),

  /** The token should outlive the answer, by the server's own clock; more than a day is a breach of the header. */
  expiryAhead: (interaction: Interaction): Observation | undefined => {
    const date = interaction.answer?.headers.date
    return Date.parse(expiryOf(interaction)) <= Date.parse(date ?? '')
      ? adviceOnExpiry(interaction, 'expiry that is past', `X-Expires-After after the answer's Date, ${date}`)
      : undefined
  },
})

/** The header that says when the token of a login expires; '' if there is none. */
export const expiryOf = ({ answer }: Interaction): string => answer?.headers['x-expires-after'] ?? ''

function adviceOnExpiry(interaction: Interaction, place: string, expected: string): Observation {
  const named = interaction.operation ? headersOf(interaction.operation) : []
  const pointer = named.find(({ name }) => name === 'X-Expires-After')?.pointer
  return { level: 'advice', place, expected, actual: expiryOf(interaction), ...(pointer && { pointer }) }
}

function checkHeader({ name, pointer }: ResponseHeader, answer: Answer, breaches: readonly Breach[]): Observation[] {
  const text = answer.headers[name.toLowerCase()]
  const place = `${answer.status} ${mediaTypeOf(answer)} ${name}`
  if (text === undefined) return [{ place, pointer, expected: name, actual: 'no such header' }]
  return breaches.map(({ expected, rule }) => ({
    place: `${answer.status} ${name}`,
    pointer: rule,
    expected: `${name}: ${expected}`,
    actual: text,
  }))
}
