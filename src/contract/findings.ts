import { createHash } from 'node:crypto'
import type { ApiDocument } from '../openapi/document.ts'
import type { Observation } from './checks/check.ts'
import { CHECKS, type CheckId, EXCHANGE_CHECKS } from './checks/index.ts'
import { toCurl } from './curl.ts'
import type { Finding } from './finding.ts'
import type { Exchange } from './interaction.ts'
import type { CheckResult } from './report.ts'

/** Collects what the checks see, each finding once, with the shortest command that shows it. */
export interface Findings {
  /** Puts an exchange through every check of single exchanges. */
  readonly judge: (exchange: Exchange) => void
  /** Records what a check of several exchanges saw in the last of them; undefined means that all was well. */
  readonly add: (check: CheckId, exchange: Exchange, observation: Observation | undefined) => void
  readonly list: () => readonly Finding[]
  readonly results: () => readonly CheckResult[]
  /** The exchanges in which a check failed, and those that were the cause. */
  readonly failed: ReadonlySet<Exchange>
}

interface Options {
  readonly document: ApiDocument
  readonly baseUrl: string
  /** The flags beside the address that a replay needs. */
  readonly flags: string
  readonly redact: (text: string) => string
  /** The operations whose findings count; empty for all. */
  readonly only: readonly string[]
}

export function createFindings({ document, baseUrl, flags, redact, only }: Options): Findings {
  const found = new Map<string, Finding>()
  const applied = new Map<string, number>()
  const failed = new Set<Exchange>()

  const add: Findings['add'] = (check, exchange, observation) => {
    applied.set(check, (applied.get(check) ?? 0) + 1)
    if (!observation) return
    if ((observation.level ?? 'failure') === 'failure') failed.add(exchange).add(observation.cause ?? exchange)
    keep(toFinding(check, exchange, observation))
  }
  const keep = (finding: Finding) => {
    if (only.length > 0 && !only.includes(finding.operation)) return
    const known = found.get(finding.id)
    if (!known || finding.curl.length < known.curl.length) found.set(finding.id, finding)
  }
  const toFinding = (check: CheckId, exchange: Exchange, observation: Observation): Finding => {
    const { cause = exchange } = observation
    const operation = nameOf(cause)
    const id = idOf(operation, check, observation.place)
    const pointer = observation.pointer ?? cause.operation?.pointer ?? '/paths'
    const shown = observation.shownBy ?? (cause === exchange ? [exchange] : [cause, exchange])
    return {
      id,
      level: observation.level ?? 'failure',
      operation,
      check,
      place: observation.place,
      pointer,
      line: lineOf(document, pointer),
      expected: redact(observation.expected),
      actual: redact(observation.actual),
      curl: shown.map(({ request }) => toCurl(request, baseUrl, redact)).join('\n'),
      replay: `inboxes-mock contract replay ${id} --base-url ${baseUrl}${flags}`,
    }
  }
  const judge = (exchange: Exchange) => {
    for (const [id, check] of Object.entries(EXCHANGE_CHECKS)) {
      const observations = check(exchange)
      if (observations?.length === 0) add(id as CheckId, exchange, undefined)
      for (const observation of observations ?? []) add(id as CheckId, exchange, observation)
    }
  }
  const results = () =>
    Object.entries(CHECKS).map(([id, title]) => ({
      id,
      title,
      applied: applied.get(id) ?? 0,
      failures: [...found.values()].filter(({ check, level }) => check === id && level === 'failure').length,
    }))
  return { judge, add, list: () => [...found.values()], results, failed }
}

const nameOf = ({ operation, request }: Exchange) => operation?.id ?? `${request.method} ${request.path.split('?')[0]}`

/** Short enough to type, and the same for the same operation, check and place. */
function idOf(operation: string, check: string, place: string): string {
  const hash = createHash('sha256').update(`${operation}\n${check}\n${place}`).digest('hex').slice(0, 8)
  return `${check}-${hash}`
}

/** The line of a pointer, or of the nearest node above it that has one. */
function lineOf({ lines }: ApiDocument, pointer: string): number {
  const line = lines.get(pointer)
  if (line !== undefined || pointer === '') return line ?? 1
  return lineOf({ lines } as ApiDocument, pointer.slice(0, pointer.lastIndexOf('/')))
}
