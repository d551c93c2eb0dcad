import { isDay } from '../contract/day.ts'
import { plainText } from '../openapi/plain-text.ts'
import type { DriftReport } from './report.ts'

/** A difference that is accepted for a while. */
export interface AcceptedDifference {
  readonly id: string
  /** The person or team that is responsible for it. */
  readonly owner: string
  /** The last day on which it is accepted, such as 2030-12-31. */
  readonly expires: string
}

/** Reads a list of accepted differences; a text that says what is wrong if it is none. */
export function readAcceptedDifferences(text: string, source: string): AcceptedDifference[] | string {
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    return `${source} is not JSON.`
  }
  if (!Array.isArray(entries)) return `${source} is not a list of accepted differences.`
  for (const [index, entry] of entries.entries()) {
    const { id, owner, expires } = Object(entry)
    if (typeof id !== 'string' || typeof owner !== 'string')
      return `${source}: entry ${index} needs id and owner, texts.`
    if (!isDay(plainText(expires))) return `${source}: entry ${index} needs expires, a day such as 2030-12-31.`
  }
  return entries
}

/** Leaves out the differences that are accepted today. */
export function withoutAccepted(
  report: DriftReport,
  accepted: readonly AcceptedDifference[],
  today: string,
): DriftReport {
  const ids = new Set(accepted.filter(({ expires }) => expires >= today).map(({ id }) => id))
  const differences = report.differences.filter(({ id }) => !ids.has(id))
  const verdict = report.verdict === 'differs' && differences.length === 0 ? 'same' : report.verdict
  return { ...report, differences, verdict }
}
