import type { Interaction } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'
import { problemsOfDecoding } from './documented-body.ts'

/** The bytes must be in the encoding that Content-Encoding names. */
export const contentEncoding = defineCheck({
  id: 'content-encoding',
  title: 'Content-Encoding tells the truth',
  inspect: problemsOfDecoding('content-encoding'),

  /** No coding may come that Accept-Encoding refuses (RFC 9110, section 12.5.3). */
  notRefused: ({ request, answer }: Interaction, refused: readonly string[]): Observation | undefined => {
    const came = (answer?.headers['content-encoding'] ?? '').toLowerCase()
    if (!refused.includes(came)) return undefined
    const accepted = `Accept-Encoding: ${request.headers['Accept-Encoding']}`
    return { place: `a coding against ${accepted}`, expected: `no ${came}, after ${accepted}`, actual: came }
  },
})
