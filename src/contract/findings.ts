import { createHash } from 'node:crypto'
import type { Redaction } from '../http/redaction/redaction.ts'
import { shellWord } from '../http/shell-word.ts'
import type { ApiDocument } from '../openapi/document.ts'
import type { Observation } from './checks/check.ts'
import { CHECKS, type CheckId, type KnownCheck } from './checks/index.ts'
import { toCurl } from './curl.ts'
import type { Finding } from './finding.ts'
import { type Interaction, isDocumentedMethod, type Request, withoutBody } from './interaction.ts'
import type { CheckResult } from './report.ts'

/** One observation of a check; undefined means that it found nothing wrong. */
export interface Entry {
  readonly check: CheckId
  readonly interaction: Interaction
  readonly observation: Observation | undefined
}

/** Collects the observations of checks. Each finding is kept once, with the shortest command that shows it. */
export interface Findings {
  /** Runs every check of one interaction. */
  readonly inspect: (interaction: Interaction) => void
  /** Records the observation of a check; undefined means that it found nothing wrong. */
  readonly add: (check: CheckId, interaction: Interaction, observation: Observation | undefined) => void
  /** Collects what is added while the function runs, in place of keeping it. If it is stopped, only what is sure is kept. */
  readonly record: (act: () => Promise<void>, isSure: (entry: Entry) => boolean) => Promise<readonly Entry[]>
  /** Keeps what was collected. */
  readonly commit: (entry: Entry) => void
  /** The id of the finding that an entry makes. */
  readonly idOf: (entry: Entry) => string
  readonly list: () => readonly Finding[]
  readonly results: () => readonly CheckResult[]
  /** Requests of the interactions in which a check failed, and of their causes. */
  readonly failed: ReadonlySet<Request>
}

interface Options {
  readonly document: ApiDocument
  readonly baseUrl: string
  /** The flags that a replay needs besides `--base-url`. */
  readonly flags: string
  readonly redaction: Redaction
  /** The operations whose findings are kept; empty for all. */
  readonly only: readonly string[]
  /** Called once, before the first failure is kept. */
  readonly onFirstFailure?: () => void
}

const TABLE: readonly KnownCheck[] = CHECKS

export function createFindings({ document, baseUrl, flags, redaction, only, onFirstFailure }: Options): Findings {
  const found = new Map<string, Finding>()
  const applied = new Map<string, number>()
  const failed = new Set<Request>()

  let collected: Entry[] | undefined

  const add: Findings['add'] = (check, interaction, observation) => {
    if (collected) collected.push({ check, interaction: withoutBody(interaction), observation })
    else commit({ check, interaction, observation })
  }
  const record: Findings['record'] = async (act, isSure) => {
    const entries: Entry[] = []
    collected = entries
    try {
      await act()
    } catch (error) {
      collected = undefined
      entries.filter(isSure).forEach(commit)
      throw error
    }
    collected = undefined
    return entries
  }
  const commit: Findings['commit'] = ({ check, interaction, observation }) => {
    applied.set(check, (applied.get(check) ?? 0) + 1)
    if (!observation) return
    if ((observation.level ?? 'failure') === 'failure') {
      if (failed.size === 0) onFirstFailure?.()
      failed.add(interaction.request).add((observation.cause ?? interaction).request)
    }
    keep(toFinding(check, interaction, observation))
  }
  const keep = (finding: Finding) => {
    if (only.length > 0 && !only.includes(finding.operation)) return
    const known = found.get(finding.id)
    if (!known || finding.curl.length < known.curl.length) found.set(finding.id, finding)
  }
  const toFinding = (check: CheckId, interaction: Interaction, observation: Observation): Finding => {
    const { cause = interaction } = observation
    const operation = nameOf(cause)
    const id = idOf(operation, check, observation.place)
    const pointer = observation.pointer ?? cause.operation?.pointer ?? '/paths'
    const shown = observation.shownBy ?? (cause === interaction ? [interaction] : [cause, interaction])
    return {
      id,
      level: observation.level ?? 'failure',
      operation,
      check,
      place: observation.place,
      pointer,
      line: lineOf(document, pointer),
      expected: redaction.phrase(observation.expected),
      actual: redaction.phrase(observation.actual),
      curl: shown.map(({ request }) => toCurl(request, baseUrl, redaction.hide)).join('\n'),
      replay: `inboxes-mock contract replay ${id} --base-url ${shellWord(baseUrl)}${flags}`,
    }
  }
  const inspect = (interaction: Interaction) => {
    const isDocumented = isDocumentedMethod(interaction)
    for (const { id, inspect: observe, anyMethod } of TABLE) {
      const observations = isDocumented || anyMethod ? observe?.(interaction) : undefined
      if (observations?.length === 0) add(id, interaction, undefined)
      for (const observation of observations ?? []) add(id, interaction, observation)
    }
  }
  const results = () =>
    TABLE.map(({ id, title }) => ({
      id,
      title,
      applied: applied.get(id) ?? 0,
      failures: [...found.values()].filter(({ check, level }) => check === id && level === 'failure').length,
    }))
  const idOfEntry: Findings['idOf'] = ({ check, interaction, observation }) =>
    idOf(nameOf(observation?.cause ?? interaction), check, observation?.place ?? '')
  return { inspect, add, record, commit, idOf: idOfEntry, list: () => [...found.values()], results, failed }
}

const nameOf = ({ operation, request }: Interaction) =>
  operation?.id ?? `${request.method} ${request.path.split('?')[0]}`

/** An id that is short enough to type, and the same for the same operation, check and place. */
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
