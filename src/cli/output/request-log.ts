import { jsonLine, printable } from '../../http/printable.ts'
import { REDACTION } from '../../http/redaction/redaction.ts'
import { violationText } from '../../http/violation-text.ts'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import type { Violation } from '../../openapi/api-error.ts'

/** Adds a colour to a text, or returns it unchanged. */
export type Colorize = (colour: 'green' | 'cyan' | 'yellow' | 'red', text: string) => string

/** Characters of each part that a log line shows. */
const TARGET_LENGTH = 300
const RECEIVED_LENGTH = 80
const DEFECT_LENGTH = 600

/** One line for people: method, path, status, time, and the first violation or the defect. Secrets are redacted. */
export function exchangeText(exchange: ExchangeSummary, colorize: Colorize, redaction = REDACTION): string {
  const { method, target, status } = exchange
  const answer = `${printable(method, TARGET_LENGTH)} ${printable(redaction.target(target), TARGET_LENGTH)} ${colorize(colourOf(status), String(status))}`
  return [
    `${answer} ${rounded(exchange)} ms`,
    violationText(exchange, redaction),
    defectText(exchange, colorize, redaction),
  ]
    .filter(Boolean)
    .join('  ')
}

/** One line of JSON, with the number of violations and the first of them. Secrets are redacted. */
export function exchangeJson(exchange: ExchangeSummary, redaction = REDACTION): string {
  const { method, target, status, operationId, violations, defect } = exchange
  const [first] = violations
  return jsonLine({
    event: 'request',
    method,
    path: redaction.target(target),
    status,
    ms: rounded(exchange),
    operationId,
    violations: violations.length,
    violation: first && brief(redaction.violation(first, target)),
    defect: defect && redaction.phrase(defect),
  })
}

/** Shortens the received value: it may be a whole body. */
function brief(violation: Violation): Violation {
  const received = JSON.stringify(violation.received) ?? ''
  return received.length > RECEIVED_LENGTH
    ? { ...violation, received: `${received.slice(0, RECEIVED_LENGTH)}…` }
    : violation
}

function defectText({ defect }: ExchangeSummary, colorize: Colorize, redaction = REDACTION): string {
  return defect === undefined
    ? ''
    : colorize('red', `defect of the mock, please report it: ${printable(redaction.phrase(defect), DEFECT_LENGTH)}`)
}

function rounded({ milliseconds }: ExchangeSummary): number {
  return Math.round(milliseconds * 10) / 10
}

function colourOf(status: number): Parameters<Colorize>[0] {
  if (status >= 500) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}
