import { jsonLine, printable } from '../../http/printable.ts'
import { redactTarget, redactViolation } from '../../http/redaction/redact.ts'
import { violationText } from '../../http/violation-text.ts'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import type { Violation } from '../../openapi/api-error.ts'

/** Puts a colour on a text, or leaves it as it is. */
export type Paint = (colour: 'green' | 'cyan' | 'yellow' | 'red', text: string) => string

const MOST_TARGET = 300
const MOST_RECEIVED = 80
const MOST_DEFECT = 600

/** One line for a person: method, path, status, time, and the first violation or the defect. No secrets. */
export function exchangeText(exchange: ExchangeSummary, paint: Paint): string {
  const { method, target, status } = exchange
  const what = `${method} ${printable(redactTarget(target), MOST_TARGET)} ${paint(colourOf(status), String(status))}`
  return [`${what} ${rounded(exchange)} ms`, violationText(exchange), defectText(exchange, paint)]
    .filter(Boolean)
    .join('  ')
}

/** The same as one line of JSON, with the number of violations and the first of them. */
export function exchangeJson(exchange: ExchangeSummary): string {
  const { method, target, status, operationId, violations, defect } = exchange
  const [first] = violations
  return jsonLine({
    event: 'request',
    method,
    path: redactTarget(target),
    status,
    ms: rounded(exchange),
    operationId,
    violations: violations.length,
    violation: first && brief(redactViolation(first, target)),
    defect,
  })
}

/** A whole body may have been received; a log line is no place for it. */
function brief(violation: Violation): Violation {
  const received = JSON.stringify(violation.received) ?? ''
  return received.length > MOST_RECEIVED
    ? { ...violation, received: `${received.slice(0, MOST_RECEIVED)}…` }
    : violation
}

function defectText({ defect }: ExchangeSummary, paint: Paint): string {
  return defect === undefined
    ? ''
    : paint('red', `defect of the mock, please report it: ${printable(defect, MOST_DEFECT)}`)
}

function rounded({ milliseconds }: ExchangeSummary): number {
  return Math.round(milliseconds * 10) / 10
}

function colourOf(status: number): Parameters<Paint>[0] {
  if (status >= 500) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}
