import type { ContractOptions } from '../contract/contract-options.ts'
import { DEFAULTS } from '../contract/defaults.ts'
import type { Mode } from '../contract/report.ts'
import { runContract } from '../contract/run-contract.ts'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import type { Case } from '../ways/seen.ts'
import { countMore } from './pairs.ts'
import { PLAN_SIZES } from './plan-sizes.ts'
import { PROBES } from './probes.ts'
import { readCase } from './read-seen.ts'

/** The next mode that asks more. */
const FULLER: Readonly<Record<Mode, Mode | undefined>> = { safe: 'owned', owned: 'full', full: undefined }

/** The cases that a fuller mode asks besides. */
export interface More {
  readonly mode: Mode
  readonly cases: number
}

/** True if the whole plan of this package's document is asked, whose size is known. */
const isWhole = ({ document, only = [], sequences, allowLeftovers, further = [] }: ContractOptions) =>
  only.length + further.length === 0 &&
  sequences === undefined &&
  allowLeftovers !== true &&
  document === loadDocument(pathOf('openapi.yaml'))

/**
 * Counts the cases that a fuller mode would ask of the mock besides those that it was asked. The plan of a part depends on the
 * answers, so it is played on the mock, with a session of its own; nothing is sent to the live server.
 */
export async function countFuller(
  options: ContractOptions & { readonly mode: Mode },
  asked: readonly Case[],
): Promise<More | undefined> {
  const mode = FULLER[options.mode]
  if (mode === undefined || options.mode === 'full') return undefined
  if (isWhole(options)) return { mode, cases: PLAN_SIZES[options.depth ?? DEFAULTS.depth][options.mode] }
  const cases = countMore(await casesOf({ ...options, mode }), asked)
  return cases === 0 ? undefined : { mode, cases }
}

const SESSION = 'drift-plan'

/** Plays the plan, with its checks: a suspicion asks more. A run leaves records behind, so the session begins anew. */
async function casesOf(options: ContractOptions): Promise<Case[]> {
  await options.fetch?.(`${new URL(options.baseUrl).origin}/__admin/sessions/${SESSION}`, { method: 'DELETE' })
  const cases: Case[] = []
  await runContract({
    ...options,
    headers: { ...options.headers, 'X-Mock-Session': SESSION },
    further: PROBES,
    onInteraction: (interaction) => {
      const one = readCase(interaction)
      if (one) cases.push(one)
    },
  })
  return cases
}
