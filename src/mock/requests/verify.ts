import { isLogin, type Redaction } from '../../http/redaction/redaction.ts'
import { HIDDEN } from '../../http/redaction/secret-values.ts'
import { didYouMean } from '../../openapi/nearest.ts'
import type { components } from '../admin/generated/admin.ts'
import { type Recorded, toEntry } from './entry.ts'
import { type Criteria, type Difference, differences, sizeOf } from './pattern.ts'

type Schemas = components['schemas']

/** How often, or in which order, requests must have been made. */
export type Verification = Schemas['Verification']

/** The result of a verification. */
export type Verdict = Schemas['Verdict']

/** A request that almost matches, and its differences from the pattern. */
export type NearMiss = Verdict['nearMisses'][number]

export const MOST_NEAR_MISSES = 3

/** Verifies recorded requests. Without a number, at least one request must match. */
export function verify(records: readonly Recorded[], verification: Verification, redaction: Redaction): Verdict {
  return verification.inOrder
    ? verifyOrder(records, verification.inOrder, redaction)
    : verifyCount(records, verification, redaction)
}

/** Adds to a verification that failed which of its operations is none, and which one was probably meant. */
export function withHint(verdict: Verdict, { request, inOrder = [] }: Verification, known: readonly string[]): Verdict {
  const asked = [request, ...inOrder].flatMap((pattern) => pattern?.operationId ?? [])
  const unknown = verdict.verified ? undefined : asked.find((id) => !known.includes(id))
  if (unknown === undefined) return verdict
  return {
    ...verdict,
    message: `${verdict.message} There is no operation ${unknown}. ${didYouMean(unknown, known, `There is ${known.join(', ')}.`)}`,
  }
}

function verifyCount(
  records: readonly Recorded[],
  { request = {}, exactly, atLeast, atMost }: Verification,
  redaction: Redaction,
): Verdict {
  const count = records.filter(({ exchange }) => differences(request, exchange).length === 0).length
  const least = exactly ?? atLeast ?? (atMost === undefined ? 1 : 0)
  const most = exactly ?? atMost ?? Number.POSITIVE_INFINITY
  const verified = count >= least && count <= most
  return {
    verified,
    count,
    message: `Expected ${amount(least, most)}, found ${count}.`,
    nearMisses: verified ? [] : nearMisses(records, request, redaction),
  }
}

function amount(least: number, most: number): string {
  if (least === most) return `exactly ${least}`
  return most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`
}

function verifyOrder(records: readonly Recorded[], wanted: readonly Criteria[], redaction: Redaction): Verdict {
  let from = 0
  let met = 0
  for (const pattern of wanted) {
    const index = records.findIndex(({ exchange }, at) => at >= from && differences(pattern, exchange).length === 0)
    if (index < 0) break
    from = index + 1
    met += 1
  }
  const missing = wanted[met]
  return {
    verified: missing === undefined,
    count: met,
    message:
      missing === undefined
        ? `All ${met} came in order.`
        : `Request ${met + 1} of ${wanted.length} did not come after the one before.`,
    nearMisses: missing === undefined ? [] : nearMisses(records.slice(from), missing, redaction),
  }
}

/** The requests that match at least half of the pattern and not all of it, the nearest first. */
function nearMisses(records: readonly Recorded[], pattern: Criteria, redaction: Redaction): NearMiss[] {
  return records
    .map((record) => ({ request: toEntry(record, redaction), differences: differencesOf(pattern, record, redaction) }))
    .filter(({ differences: found }) => found.length > 0 && found.length <= Math.max(1, sizeOf(pattern) / 2))
    .sort((a, b) => a.differences.length - b.differences.length)
    .slice(0, MOST_NEAR_MISSES)
}

function differencesOf(pattern: Criteria, { exchange }: Recorded, redaction: Redaction): Difference[] {
  return differences(pattern, exchange).map(({ pointer, expected, received }) => ({
    pointer,
    expected: redaction.value(expected),
    ...(received !== undefined && {
      received: isLogin(exchange.target) && pointer.startsWith('/query') ? HIDDEN : redaction.value(received),
    }),
  }))
}
