import type { ContractOptions } from '../contract/contract-options.ts'
import type { Mode } from '../contract/report.ts'
import { runContract } from '../contract/run-contract.ts'
import type { Case } from '../ways/seen.ts'
import { countMore } from './pairs.ts'
import { PROBES } from './probes.ts'
import { readCase } from './read-seen.ts'

/** The next mode that asks more. */
const FULLER: Readonly<Record<Mode, Mode | undefined>> = { safe: 'owned', owned: 'full', full: undefined }

/** The cases that a fuller mode asks besides. */
export interface More {
  readonly mode: Mode
  readonly cases: number
}

/**
 * Counts the cases that a fuller mode would ask of the mock besides those that it was asked. Its plan depends on the answers, so
 * it is played on the mock, with a session of its own; nothing is sent to the live server.
 */
export async function countFuller(
  options: ContractOptions & { readonly mode: Mode },
  asked: readonly Case[],
): Promise<More | undefined> {
  const mode = FULLER[options.mode]
  if (mode === undefined) return undefined
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
