import { AREAS } from '../fault.ts'
import { SET_ASIDE } from '../set-aside.ts'
import type { Outcome } from './job.ts'
import { type FalseAlarm, type FaultScore, isCaught, type Score } from './score.ts'

/** The score as text: a line per fault, a line per false alarm, and the sums. */
export function printScore(score: Score): string {
  const { faults, correct, falseAlarms, requests } = score
  const caught = faults.filter(({ checks }) => checks.length > 0).length
  return [
    ...faults.map(printFault),
    ...falseAlarms.map(printAlarm),
    '',
    tableOf(faults),
    '',
    `Faults caught: ${caught} of ${faults.length}, ${faults.filter(isCaught).length} of them by the check that is meant for them,`,
    `${faults.filter((fault) => fault.isQuick && isCaught(fault)).length} in a quick run, the others in a usual one, ${faults.filter((fault) => fault.seed > 1 && isCaught(fault)).length} of them with another seed only.`,
    `False alarms: ${falseAlarms.length} in ${correct} runs against correct servers.`,
    `Requests of a run: ${requests}; up to the first failure: ${medianOf(faults)} (the median over the faults, in the run that showed them).`,
  ].join('\n')
}

/** A missed fault counts as one that shows last. */
function medianOf(faults: readonly FaultScore[]): number {
  const counts = faults.map(({ firstFailureAt = Number.POSITIVE_INFINITY }) => firstFailureAt).toSorted((a, b) => a - b)
  return counts[Math.floor(counts.length / 2)] ?? 0
}

function printFault(score: FaultScore): string {
  const { area, fault, checks, intended } = score
  if (checks.length === 0 && fault in SET_ASIDE) return `set aside   ${area}/${fault}: ${SET_ASIDE[fault]}`
  if (checks.length === 0) return `MISSED      ${area}/${fault}, by ${intended}`
  if (isCaught(score))
    return `caught      ${area}/${fault} by ${intended}${score.seed > 1 ? ` with seed ${score.seed}` : ''}`
  return `UNINTENDED  ${area}/${fault} by ${checks.join(', ')}, not by ${intended}`
}

function printAlarm({ server, seed, failures, problem }: FalseAlarm): string {
  const lines = failures.slice(0, 3).map(({ text }) => `  ${text}`)
  return [`FALSE ALARM on ${server} with seed ${seed} ${problem}`.trimEnd(), ...lines].join('\n')
}

/** Faults by area, as a table of Markdown. */
export function tableOf(faults: readonly FaultScore[]): string {
  const rows = AREAS.map((area) => {
    const ofArea = faults.filter((fault) => fault.area === area)
    return `| ${area} | ${ofArea.filter(isCaught).length} | ${ofArea.length} |`
  })
  return ['| Area | Caught | Faults |', '|---|---|---|', ...rows].join('\n')
}

/** One server: its failures, or that there are none. */
export function printOutcome({ job, failures, problem, requests }: Outcome): string {
  const server = `${job.fault ?? job.variant ?? 'plain'} in ${job.mode ?? 'full'} mode`
  const head = `${server}: ${failures.length} failures, ${requests} requests ${problem}`.trimEnd()
  return [head, ...failures.slice(0, 6).map(({ text }) => `  ${text}`)].join('\n')
}
