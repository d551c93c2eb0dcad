import type { ContractOptions } from '../contract/contract-options.ts'
import { DEFAULTS } from '../contract/defaults.ts'
import { createRunRedaction } from '../contract/redact.ts'
import type { ContractReport } from '../contract/report.ts'
import { runContract } from '../contract/run-contract.ts'
import type { Profile } from '../ways/profile.ts'
import type { Seen } from '../ways/seen.ts'
import { createStopwatch } from './latency.ts'
import { PROBES } from './probes.ts'
import { readSeen } from './read-seen.ts'

/** The answers of one server to the plan. */
export interface Recording {
  readonly seen: readonly Seen[]
  readonly report: ContractReport
  /** The time that successes took. */
  readonly latency: NonNullable<Profile['latency']>
}

/** Runs the plan against a server and keeps what it answered. */
export async function record(options: ContractOptions): Promise<Recording> {
  const seen: Seen[] = []
  const stopwatch = createStopwatch()
  const { hide, target } = createRunRedaction(options.apiKey, options.headers)
  const baseUrl = target(options.baseUrl)
  const maxBytes = options.maxBytes ?? DEFAULTS.maxBytes
  const report = await runContract({
    ...options,
    further: PROBES,
    onInteraction: (interaction) => {
      stopwatch.saw(interaction)
      const one = readSeen(interaction, { baseUrl, hide, maxBytes })
      if (one) seen.push(one)
    },
  })
  return { seen, report, latency: stopwatch.latency() }
}
