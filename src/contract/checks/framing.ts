import type { Answer } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** The head of a response must be what HTTP allows: lengths, dates, and headers that come once. */
export const framing = defineCheck({
  id: 'framing',
  title: 'Responses are framed as HTTP says',
  anyMethod: true,
  inspect: ({ answer }) => answer && RULES.flatMap((rule) => rule(answer) ?? []),
})

type Rule = (answer: Answer) => Observation | undefined

/** The one form in which a date may be sent (RFC 9110, section 5.6.7). */
const IMF_DATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

const DATES = ['date', 'last-modified']

const dates: Rule = ({ headers }) => {
  const wrong = DATES.find((name) => headers[name] !== undefined && !IMF_DATE.test(headers[name]))
  return wrong === undefined
    ? undefined
    : { place: wrong, expected: `${wrong} in the form of RFC 9110, section 5.6.7`, actual: headers[wrong] ?? '' }
}

/** A 204 has no content, so neither a length nor chunks (RFC 9110, section 8.6; RFC 9112, section 6.1). */
const emptyAnswers: Rule = ({ status, headers }) => {
  if (status !== 204) return undefined
  const { 'content-length': length = '0', 'transfer-encoding': coding } = headers
  if (length === '0' && coding === undefined) return undefined
  return { place: '204 with content', expected: '204 without content', actual: coding ?? `Content-Length: ${length}` }
}

/** RFC 9112, section 6.2. */
const oneLength: Rule = ({ headers }) =>
  headers['transfer-encoding'] !== undefined && headers['content-length'] !== undefined
    ? { place: 'two lengths', expected: 'Content-Length or Transfer-Encoding', actual: 'both' }
    : undefined

/** Headers that have one value are sent once (RFC 9110, section 5.3). */
const onceOnly: Rule = ({ repeated = [] }) => {
  const [first] = repeated
  return first === undefined
    ? undefined
    : { place: `${first} twice`, expected: `${first} once`, actual: 'more than once' }
}

const RULES: readonly Rule[] = [dates, emptyAnswers, oneLength, onceOnly]
