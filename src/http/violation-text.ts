import type { Violation } from '../openapi/api-error.ts'
import { amountOf, isFull } from '../openapi/violation-limit.ts'
import { printable } from './printable.ts'
import { REDACTION } from './redaction/redaction.ts'

const MOST_TEXT = 300
const MOST_RECEIVED = 80

/** The violations of one request, and the target that it was sent to. */
export interface ViolatingRequest {
  readonly target: string
  readonly violations: readonly Violation[]
}

/** The first violation in one line, and the number of others, without secrets; '' if there is none. */
export function violationText({ violations, target }: ViolatingRequest, redaction = REDACTION): string {
  const [first, ...others] = violations
  if (!first) return ''
  const more = others.length > 0 ? ` (${amountOf(others, isFull(violations))} more)` : ''
  return sentence(redaction.violation(first, target)) + more
}

function sentence({ pointer, expected, received, suggestion }: Violation): string {
  const came = received === undefined ? '' : `, received ${printable(JSON.stringify(received), MOST_RECEIVED)}`
  const hint = suggestion === undefined ? '' : `, did you mean ${suggestion}?`
  return `${printable(`${pointer && `${pointer}: `}expected ${expected}`, MOST_TEXT)}${came}${printable(hint, MOST_RECEIVED)}`
}
