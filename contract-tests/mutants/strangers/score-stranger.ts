import type { Mode } from '../../../src/contract/report.ts'
import { runContract } from '../../../src/contract/run-contract.ts'
import { loadDocument } from '../../../src/openapi/load-document.ts'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { startStranger } from './start-stranger.ts'
import { PLAIN, type Stranger, type StrangerVariant } from './strangers.ts'

/** The failures of a run on one server. */
export interface StrangerOutcome {
  readonly variant: string
  readonly failures: readonly { readonly key: string; readonly text: string }[]
  /** Why the run did not come to its end; '' if it did. */
  readonly problem: string
  readonly requests: number
}

/** Holds one server to the document. */
export async function runStranger(
  stranger: Stranger,
  variant: string,
  { seed, mode }: { readonly seed: number; readonly mode: Mode },
): Promise<StrangerOutcome> {
  const { url, stop } = await startStranger(stranger, variant)
  try {
    const document = loadDocument(pathOf('openapi.yaml'))
    const options = { document, baseUrl: url, apiKey: 'special-key', seed, mode, timeoutMs: 5000, now: Date.now }
    const { findings, requests, problem } = await runContract(options)
    const failures = findings
      .filter(({ level }) => level === 'failure')
      .map(({ operation, check, place, expected, actual }) => ({
        key: `${operation} ${check} (${place})`,
        text: `expected ${expected}, got ${actual}`,
      }))
    return { variant, failures, problem, requests }
  } finally {
    await stop()
  }
}

/** The score of one server: only what its plain self does not get counts. */
export interface StrangerScore {
  readonly faults: number
  readonly caught: number
  readonly missed: readonly string[]
  readonly freedoms: number
  readonly accused: readonly string[]
  readonly plainFailures: number
}

export function scoreStranger(
  variants: readonly StrangerVariant[],
  outcomes: readonly StrangerOutcome[],
): StrangerScore {
  const plain = outcomes.find(({ variant }) => variant === PLAIN)
  const known = new Set(plain?.failures.map(({ key }) => key))
  const isNew = ({ failures }: StrangerOutcome) => failures.some(({ key }) => !known.has(key))
  const ofKind = (kind: StrangerVariant['kind']) =>
    outcomes.filter(({ variant }) => variants.some((row) => row.id === variant && row.kind === kind))
  const [faults, freedoms] = [ofKind('fault'), ofKind('freedom')]
  const idsOf = (some: readonly StrangerOutcome[]) => some.map(({ variant }) => variant)
  return {
    faults: faults.length,
    caught: faults.filter(isNew).length,
    missed: idsOf(faults.filter((outcome) => !isNew(outcome))),
    freedoms: freedoms.length,
    accused: idsOf(freedoms.filter((outcome) => isNew(outcome) || outcome.problem !== '')),
    plainFailures: (plain?.failures.length ?? 0) + (plain?.problem ? 1 : 0),
  }
}
