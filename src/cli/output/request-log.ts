import { jsonLine, printable } from '../../http/printable.ts'
import { REDACTION, type Redaction } from '../../http/redaction/redaction.ts'
import { violationText } from '../../http/violation-text.ts'
import { redactIgnored, redactUpstream } from '../../mock/requests/entry.ts'
import type { ExchangeSummary, UpstreamNote } from '../../mock/requests/exchange.ts'
import type { Violation } from '../../openapi/api-error.ts'

/** Adds a colour to a text, or returns it unchanged. */
export type Colorize = (colour: 'green' | 'cyan' | 'yellow' | 'red', text: string) => string

/** Characters of each part that a log line shows. */
const TARGET_LENGTH = 300
const RECEIVED_LENGTH = 80
const DEFECT_LENGTH = 600

/**
 * One line for people: the time, method, path, status and duration in columns, then the session, the fault or preference, and
 * the first violation, part that had no effect, or defect. Secrets are redacted.
 */
export function exchangeText(
  exchange: ExchangeSummary,
  colorize: Colorize,
  redaction = REDACTION,
  at = new Date(),
): string {
  const { method, target, status, session, interference } = exchange
  const path = printable(redaction.target(target), TARGET_LENGTH)
  const answer = colorize(colourOf(status), status === 0 ? '---' : String(status))
  return [
    `${timeOf(at)} ${printable(method, TARGET_LENGTH).padEnd(METHOD_WIDTH)} ${path.padEnd(PATH_WIDTH)} ${answer} ${durationOf(exchange)}`,
    status === 0 && 'no answer',
    session !== undefined && `session ${session}`,
    interference !== undefined && colorize('cyan', `by ${printable(interference)}`),
    upstreamText(exchange, colorize, redaction),
    violationText(exchange, redaction),
    ignoredText(exchange, redaction),
    defectText(exchange, colorize, redaction),
  ]
    .filter(Boolean)
    .join('  ')
}

const METHOD_WIDTH = 'DELETE'.length
const PATH_WIDTH = 32
const DURATION_WIDTH = 6

const timeOf = (at: Date) =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':')

const durationOf = (exchange: ExchangeSummary) => `${String(rounded(exchange)).padStart(DURATION_WIDTH)} ms`

/** The first part of a valid request that had no effect, and the number of others. */
function ignoredText({ ignored = [], target }: ExchangeSummary, redaction: Redaction): string {
  const [first, ...others] = ignored
  if (first === undefined) return ''
  const { pointer, suggestion } = redactIgnored(first, target, redaction)
  const meant = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
  const more = others.length === 0 ? '' : ` (${others.length} more)`
  return `note: ${printable(pointer)} is not in the document and had no effect.${meant}${more}`
}

/** The status of the live answer, and the first place where that breaks the document. */
function upstreamText({ upstream }: ExchangeSummary, colorize: Colorize, redaction: Redaction): string {
  if (upstream === undefined) return ''
  const { status, ms, violations } = redactUpstream(upstream, redaction)
  const [first, ...others] = violations
  const answered = `live ${status === 0 ? 'down' : status} ${ms} ms`
  if (first === undefined) return answered
  const line = first.line === undefined ? '' : ` (line ${first.line} of the document)`
  const more = others.length === 0 ? '' : ` (${others.length} more)`
  return `${answered}  ${colorize('yellow', `live breaks the document: ${printable(`${first.pointer} must be ${first.expected}`, DEFECT_LENGTH)}${line}${more}`)}`
}

/** So many violations of a live answer are listed. */
const MOST_LISTED = 5

const briefUpstream = ({ violations, ...note }: UpstreamNote): UpstreamNote => ({
  ...note,
  violations: violations.slice(0, MOST_LISTED).map((one) => ({ ...one, ...brief(one) })),
})

/** One line of JSON, with the number of violations and the first of them. Secrets are redacted. */
export function exchangeJson(exchange: ExchangeSummary, redaction = REDACTION): string {
  const { method, target, status, operationId, violations, ignored, session, interference, defect, upstream } = exchange
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
    ignored: ignored?.map((one) => redactIgnored(one, target, redaction)),
    session,
    interference,
    upstream: upstream && briefUpstream(redactUpstream(upstream, redaction)),
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
  if (status >= 500 || status === 0) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}
