import type { Redaction } from '../http/redaction/redaction.ts'
import { nearest } from '../openapi/nearest.ts'
import type { Parts } from './assemble.ts'
import type { ContractOptions } from './contract-options.ts'
import type { Findings } from './findings.ts'
import type { KnownRecords } from './known-records.ts'
import type { Memory } from './memory.ts'
import { preflight } from './preflight.ts'
import { MissingOperation, type Run } from './run.ts'
import { RunEnded } from './run-ended.ts'
import { relist } from './scenarios/discover.ts'
import { scenariosFor, unusableScenarios } from './scenarios/index.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { createSecondLook } from './second-look.ts'
import type { TimeLimit } from './time-limit.ts'

/** The end of the scenarios. */
export interface Ending {
  /** Why not all of them ran; '' if they did. */
  readonly problem: string
  /** True if some ran, so that their findings count. */
  readonly isPartial?: boolean
  /** False if the first requests ended the run: they tell of the key and of the way to the server, not of the server. */
  readonly hasBegun?: boolean
}

/** Runs the scenarios, up to the limit of time. */
export async function carryOut(
  { run, findings, memory, redaction }: Pick<Parts, 'run' | 'findings' | 'memory' | 'redaction'>,
  options: ContractOptions,
  limit: TimeLimit,
): Promise<Ending> {
  const { only = [], signal } = options
  const left: Scenario[] = []
  let hasBegun = false
  try {
    const problem = unknownOperation(run, only) || (await start(run, options, redaction))
    if (problem) return { problem, hasBegun }
    hasBegun = true
    findings.begin()
    for (const reason of unusableScenarios(run.document)) run.skip(reason)
    left.push(...chosenScenarios(run, options))
    await runAll(run, findings, left, options)
    run.settleHabits()
    return { problem: run.watch.summary(), isPartial: true }
  } catch (error) {
    if (limit.isUp()) return timeUp(run, left, hasBegun)
    if (signal?.aborted) return { problem: 'The run was stopped before it was done.' }
    if (error instanceof RunEnded) return { problem: error.message, isPartial: hasBegun, hasBegun }
    throw error
  } finally {
    if (hasBegun) settleMemory(memory, findings)
  }
}

function settleMemory({ verdict }: Memory, findings: Findings): void {
  const kept = verdict()
  if (kept) findings.add('memory', kept.write, kept.seen)
}

/** Runs each scenario and takes it off the list. */
async function runAll(run: Run, findings: Findings, left: Scenario[], { progress }: ContractOptions): Promise<void> {
  const known: KnownRecords = { pets: new Map(), unnamed: {} }
  const secondLook = createSecondLook(run, findings)
  const all = left.length
  for (const scenario of [...left]) {
    progress?.(scenario.name, all - left.length, all)
    await run.settle()
    const failed = findings.failed.size
    await secondLook.run(scenario, known).catch((error) => leaveOut(run, findings, scenario, error))
    // A scenario that failed has not left the pets as it thinks: the next one goes on from what the server shows.
    if (findings.failed.size > failed && isListed(run)) await relist(run, known)
    left.shift()
  }
}

const isListed = ({ document }: Run) => document.operations.some(({ id }) => id === 'findPetsByStatus')

/**
 * A scenario that needs an operation which another document lacks is left out from there on, and so is one that cannot go on
 * with values of other types than the document gives; those are failures already.
 */
function leaveOut(run: Run, findings: Findings, { name }: Scenario, error: unknown): void {
  const hasOtherTypes = findings.list().some(({ check, level }) => check === 'body-schema' && level === 'failure')
  const isShape = error instanceof TypeError && hasOtherTypes
  if (!(error instanceof MissingOperation) && !isShape) throw error
  run.skip(`${name}: ${isShape ? `answers do not have the types of the document (${error.message}).` : error.message}`)
}

/** Without this, an operation that the document does not have would pass, because nothing checks it. */
function unknownOperation({ document }: Run, only: readonly string[]): string {
  const ids = document.operations.map(({ id }) => id)
  const unknown = only.find((id) => !ids.includes(id))
  if (unknown === undefined) return ''
  const suggestion = nearest(unknown, ids)
  return `The document has no operation ${unknown}. ${suggestion ? `Did you mean --only ${suggestion}?` : `It has ${ids.join(', ')}.`}`
}

async function start(run: Run, { baseUrl, journal }: ContractOptions, { target }: Redaction): Promise<string> {
  journal?.({ target: target(baseUrl) })
  return preflight(run, baseUrl)
}

/** The scenarios of the mode that check one of the operations; all of the mode if none is named. */
function chosenScenarios(run: Run, { only = [], further = [] }: ContractOptions): readonly Scenario[] {
  const chosen = [...scenariosFor(run.document), ...further].filter(({ operations, modes }) => {
    const isMeant = only.length === 0 || operations.some((id) => only.includes(id))
    return isMeant && modes.includes(run.mode)
  })
  if (run.depth !== 'quick') return chosen
  for (const { name } of chosen.filter(({ isThorough }) => isThorough))
    run.skip(`${name}: --depth quick leaves it out.`)
  return chosen.filter(({ isThorough }) => !isThorough)
}

/** Scenarios that did not run, or not to their end, are no pass. */
function timeUp(run: Run, left: readonly Scenario[], hasBegun: boolean): Ending {
  for (const { name } of left) run.skip(`${name}: the time was up.`)
  const missing = hasBegun ? `${left.length} parts were left out` : 'the server took it all for the first requests'
  return {
    problem: `The time was up before all was looked at: ${missing}. Allow more by --max-ms.`,
    isPartial: hasBegun,
    hasBegun,
  }
}
