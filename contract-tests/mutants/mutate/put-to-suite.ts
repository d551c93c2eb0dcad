import type { ContractOptions } from '../../../src/contract/contract-options.ts'
import type { ContractReport, Depth } from '../../../src/contract/report.ts'
import { runContract } from '../../../src/contract/run-contract.ts'
import { loadDocument } from '../../../src/openapi/load-document.ts'
import { pathOf } from '../../../src/openapi/package-files.ts'
import type { Placed } from './place.ts'
import { runMutant } from './run-mutant.ts'

/** A run of the suite: the one that takes least first. Another seed tries other ways. */
export interface Try {
  readonly depth: Depth
  readonly seed: number
}

/** The tries up to the one that catches a mutant, in full mode. */
export const triesOf = (seed: number): readonly Try[] => [
  { depth: 'quick', seed },
  { depth: 'usual', seed },
  { depth: 'usual', seed: seed + 1 },
]

const document = loadDocument(pathOf('openapi.yaml'))
/** Mutants that loop leave requests unanswered. A busy machine must not make others look so. */
const TIMEOUT_MS = 5000
const MOST_MS = 600_000

/** The failures that the plain server gets in the same tries: none, unless the suite accuses it. */
export async function plainFailures(placed: Placed, tries: readonly Try[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const one of tries) for (const key of (await runSuite(placed, [], one, false)).failures) found.add(key)
  return found
}

/** The outcome of all tries on one mutant. */
export interface Tried {
  /** True if one has a failure that the plain server does not get. */
  readonly isCaught: boolean
  /** Why the last one did not come to its end; '' if it did. */
  readonly problem: string
}

/** Puts a mutant to one try after the other, up to the one that catches it. A run that cannot begin needs no other. */
export async function putToTries(
  placed: Placed,
  number: number,
  tries: readonly Try[],
  known: ReadonlySet<string>,
): Promise<Tried> {
  for (const one of tries) {
    const { isCaught, problem } = await put(placed, number, one, known)
    if (isCaught || problem !== '') return { isCaught, problem }
  }
  return { isCaught: false, problem: '' }
}

/** A run may end at its first failure. If the end of the scenario takes that back, it is done again, whole. */
async function put(placed: Placed, number: number, one: Try, known: ReadonlySet<string>): Promise<Tried> {
  const isNew = ({ failures }: SuiteRun) => failures.some((key) => !known.has(key))
  const first = await runSuite(placed, [number], one, known.size === 0)
  if (isNew(first) || !first.wasEnded) return { isCaught: isNew(first), problem: first.problem }
  const whole = await runSuite(placed, [number], one, false)
  return { isCaught: isNew(whole), problem: whole.problem }
}

interface SuiteRun {
  readonly failures: readonly string[]
  readonly problem: string
  /** True if it stopped at the first failure. */
  readonly wasEnded: boolean
}

/** Holds a server with these mutants to the document. One that does not start has no failures. */
async function runSuite(placed: Placed, on: readonly number[], one: Try, endsEarly: boolean): Promise<SuiteRun> {
  const running = await runMutant(placed, on)
  if (running === undefined) return { failures: [], problem: 'It does not start.', wasEnded: false }
  const stopping = new AbortController()
  const report = await runContract({ ...optionsOf(running.url, one), ...(endsEarly && endingEarly(stopping)) })
  await running.stop()
  return { failures: keysOf(report), problem: report.problem, wasEnded: stopping.signal.aborted }
}

/** Stops a run at the first scenario after a failure. */
function endingEarly(stopping: AbortController): Pick<ContractOptions, 'signal' | 'onFirstFailure' | 'progress'> {
  let hasFailed = false
  const onFirstFailure = () => {
    hasFailed = true
  }
  return { signal: stopping.signal, onFirstFailure, progress: () => hasFailed && stopping.abort() }
}

const optionsOf = (baseUrl: string, { depth, seed }: Try): ContractOptions => ({
  ...{ document, baseUrl, depth, seed, mode: 'full', apiKey: 'special-key' },
  ...{ timeoutMs: TIMEOUT_MS, maxMs: MOST_MS, now: Date.now },
})

const keysOf = ({ findings }: ContractReport) =>
  findings
    .filter(({ level }) => level === 'failure')
    .map(({ operation, check, place }) => `${operation} ${check} (${place})`)
