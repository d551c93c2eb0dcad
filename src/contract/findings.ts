import type { Redaction } from '../http/redaction/redaction.ts'
import type { ApiDocument } from '../openapi/document.ts'
import type { Observation } from './checks/check.ts'
import { CHECKS, type CheckId, type KnownCheck } from './checks/index.ts'
import { toCurl } from './curl.ts'
import type { Observed } from './finding.ts'
import { findingId } from './finding-id.ts'
import { type Interaction, isDocumentedMethod, isValid, type Request, withoutBody } from './interaction.ts'
import { sentAs } from './message.ts'
import type { CheckResult } from './report.ts'

/** One observation of a check; undefined means that it found nothing wrong. */
export interface Entry {
  readonly check: CheckId
  readonly interaction: Interaction
  readonly observation: Observation | undefined
}

/** Collects the observations of checks. Each place is kept once, with the shortest command that shows it. */
export interface Findings {
  /** Runs every check of one interaction. */
  readonly inspect: (interaction: Interaction) => void
  /** Records the observation of a check; undefined means that it found nothing wrong. */
  readonly add: (check: CheckId, interaction: Interaction, observation: Observation | undefined) => void
  /** Collects what is added while the function runs, in place of keeping it. If it is stopped, only what is sure is kept. */
  readonly record: (act: () => Promise<void>, isSure: (entry: Entry) => boolean) => Promise<readonly Entry[]>
  /** Forgets where checks ran so far: the requests that find out whether a server is there do not count. */
  readonly begin: () => void
  /** Keeps what was collected. */
  readonly commit: (entry: Entry) => void
  /** The id of the place that an entry is about. */
  readonly idOf: (entry: Entry) => string
  readonly list: () => readonly Observed[]
  readonly results: () => readonly CheckResult[]
  /** Requests of the interactions in which a check failed, and of their causes. */
  readonly failed: ReadonlySet<Request>
}

interface Options {
  readonly document: ApiDocument
  readonly baseUrl: string
  readonly redaction: Redaction
  /** The operations whose findings are kept; empty for all. */
  readonly only: readonly string[]
  /** Called once, before the first failure is kept, with the number of requests up to the one that showed it. */
  readonly onFirstFailure?: (at: number) => void
}

const TABLE: readonly KnownCheck[] = CHECKS

export function createFindings({ document, baseUrl, redaction, only, onFirstFailure }: Options): Findings {
  const found = new Map<string, Observed>()
  const applied = new Map<string, number>()
  /** The operations in which each check ran. */
  const ranIn = new Map<string, Set<string>>()
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
    if (observation || counts(check, interaction))
      ranIn.set(check, (ranIn.get(check) ?? new Set()).add(nameOf(observation?.cause ?? interaction)))
    if (!observation) return
    if ((observation.level ?? 'failure') === 'failure') {
      if (failed.size === 0) onFirstFailure?.(interaction.at ?? 0)
      failed.add(interaction.request).add((observation.cause ?? interaction).request)
    }
    keep(toObserved(check, interaction, observation))
  }
  const keep = (finding: Observed) => {
    if (only.length > 0 && !only.includes(finding.operation)) return
    const known = found.get(finding.id)
    if (!known || isBetter(finding, known)) found.set(finding.id, finding)
  }
  const toObserved = (check: CheckId, interaction: Interaction, observation: Observation): Observed => {
    const { cause = interaction } = observation
    const operation = nameOf(cause)
    const pointer = observation.pointer ?? cause.operation?.pointer ?? '/paths'
    const shown = observation.shownBy ?? (cause === interaction ? [interaction] : [cause, interaction])
    return {
      id: findingId(check, operation, observation.place),
      level: observation.level ?? 'failure',
      operation,
      check,
      place: observation.place,
      sent: [...new Set([cause, interaction].map(({ about }) => sentAs(about)))].join(', then '),
      pointer,
      line: lineOf(document, pointer),
      expected: redaction.phrase(observation.expected),
      actual: redaction.phrase(observation.actual),
      curl: shown.map(({ request }) => toCurl(request, baseUrl, redaction.hide)).join('\n'),
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
      operations: [...(ranIn.get(id) ?? [])].sort(),
      failures: [...found.values()].filter(({ check, level }) => check === id && level === 'failure').length,
    }))
  const idOfEntry: Findings['idOf'] = ({ check, interaction, observation }) =>
    findingId(check, nameOf(observation?.cause ?? interaction), observation?.place ?? '')
  return {
    inspect,
    add,
    record,
    commit,
    begin: () => ranIn.clear(),
    idOf: idOfEntry,
    list: () => [...found.values()],
    results,
    failed,
  }
}

const isFailure = ({ level }: Observed) => level === 'failure'

/** A failure stays one, though another look saw less of it; of two alike the shorter command is shown. */
const isBetter = (finding: Observed, known: Observed) =>
  isFailure(finding) === isFailure(known) ? finding.curl.length < known.curl.length : isFailure(finding)

const nameOf = ({ operation, request }: Interaction) =>
  operation?.id ?? `${request.method} ${request.path.split('?')[0]}`

/** That the right key opens an operation says nothing of wrong ones. */
const counts = (check: CheckId, { operation, expectation }: Interaction) =>
  check !== 'authentication' || !operation?.secured || !isValid(expectation)

/** The line of a pointer, or of the nearest node above it that has one. */
function lineOf(document: Pick<ApiDocument, 'lines'>, pointer: string): number {
  const line = document.lines.get(pointer)
  if (line !== undefined || pointer === '') return line ?? 1
  return lineOf(document, pointer.slice(0, pointer.lastIndexOf('/')))
}
