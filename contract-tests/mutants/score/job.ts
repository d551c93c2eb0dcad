import type { ContractOptions } from '../../../src/contract/contract-options.ts'
import type { Depth, Mode } from '../../../src/contract/report.ts'
import { runContract } from '../../../src/contract/run-contract.ts'
import { loadDocument } from '../../../src/openapi/load-document.ts'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { FAULTS } from '../faults.ts'
import { fetchOf } from '../in-process.ts'
import { SET_ASIDE } from '../set-aside.ts'
import { applicationOf, startServer } from '../start-server.ts'
import { VARIANTS } from '../variants.ts'
import { intendedCheck } from './intended.ts'

/** One server to hold to the document, by the id of its fault or variant; neither is the plain correct one. */
export interface Job {
  readonly fault?: string
  readonly variant?: string
  /** Of the records and of the run. */
  readonly seed: number
  /** `full` if absent. */
  readonly mode?: Mode
  /** `usual` if absent. */
  readonly depth?: Depth
  /** Asks the server without sockets. */
  readonly isInProcess?: boolean
}

/** The failures that a run found on one server. */
export interface Outcome {
  readonly job: Job
  readonly requests: number
  readonly failures: readonly Failure[]
  /** Why the run could not begin; '' where it did. */
  readonly problem: string
  /** The number of requests up to the first failure, if there was one. */
  readonly firstFailureAt?: number
}

/** A failure in short. */
export interface Failure {
  readonly check: string
  readonly operation: string
  readonly place: string
  readonly text: string
}

/**
 * Each fault once; the plain server with each of the first seeds; each variant with two of them, by turns, so that each seed
 * is used: a quick run over sockets, and a usual one without them. With `every`, all over sockets, with each seed, and usual.
 */
export function allJobs(seeds: number, every: boolean): Job[] {
  const all = Array.from({ length: seeds }, (_, index) => index + 1)
  const some = (turn: number) => all.filter((seed) => (seed + turn) % Math.ceil(seeds / 2) === 0)
  const variants = VARIANTS.flatMap(({ id }, turn): Job[] =>
    every
      ? all.map((seed) => ({ variant: id, seed }))
      : some(turn).map((seed, place) => ({ variant: id, seed, ...(place === 0 ? QUICK : { isInProcess: true }) })),
  )
  return [
    ...FAULTS.map(({ id }) => ({ fault: id, seed: 1 })),
    { seed: 1, ...QUICK },
    ...all.map((seed) => ({ seed, ...(!every && seed > 1 && { isInProcess: true }) })),
    ...variants,
  ]
}

const QUICK = { depth: 'quick' } as const
const document = loadDocument(pathOf('openapi.yaml'))
const KEY = 'special-key'
/** Some faults leave requests unanswered. */
const IMPATIENT_MS = 2000
/** A server that must not be accused is not, because the machine is busy. */
const PATIENT_MS = 10_000

/** The jobs of a few servers, by the ids of their faults or variants; `plain` is the correct one. */
export const someJobs = (ids: readonly string[], modes: readonly Mode[], seed: number): Job[] =>
  ids.flatMap((id) => modes.map((mode) => ({ ...serverOf(id), seed, mode })))

const serverOf = (id: string): Pick<Job, 'fault' | 'variant'> =>
  id === 'plain' ? {} : FAULTS.some((fault) => fault.id === id) ? { fault: id } : { variant: id }

/** The ways of trying a fault, the one that takes least first. */
const STEPS: readonly ((job: Job) => Job)[] = [
  (job) => ({ ...job, ...QUICK, isInProcess: true }),
  (job) => ({ ...job, ...QUICK }),
  (job) => job,
  (job) => ({ ...job, seed: job.seed + 1 }),
]

/**
 * Runs a job whose depth is not given: a fault that its check shows in a quick run without sockets needs no longer one. One
 * that shows by chance, such as when requests meet, is tried with the next seed too.
 */
export async function runInSteps(job: Job): Promise<Outcome> {
  const fault = job.depth === undefined && FAULTS.find(({ id }) => id === job.fault)
  if (!fault || fault.id in SET_ASIDE) return runJob(job)
  const isCaught = ({ failures }: Outcome) => failures.some(({ check }) => check === intendedCheck(fault))
  for (const step of STEPS) {
    const outcome = await runJob(step(job))
    if (isCaught(outcome)) return outcome
  }
  return runJob(job)
}

/** Starts the server, holds it to the document, and stops it. */
export async function runJob(job: Job): Promise<Outcome> {
  if (job.isInProcess)
    return runOn({ baseUrl: 'http://localhost/v2', fetch: fetchOf(applicationOf({ ...job, key: KEY })) }, job)
  const { url, close } = await startServer({ ...job, key: KEY })
  try {
    return await runOn({ baseUrl: url }, job)
  } finally {
    await close()
  }
}

async function runOn(server: Pick<ContractOptions, 'baseUrl' | 'fetch'>, job: Job): Promise<Outcome> {
  const { seed, mode = 'full', depth = 'usual' } = job
  let firstFailureAt: number | undefined
  const options = {
    ...server,
    document,
    apiKey: KEY,
    seed,
    mode,
    depth,
    timeoutMs: job.fault === undefined || job.fault in SET_ASIDE ? PATIENT_MS : IMPATIENT_MS,
    now: Date.now,
    onFirstFailure: (sent: number) => {
      firstFailureAt = sent
    },
  } as const
  const { findings, requests, problem } = await runContract(options)
  const failures = findings
    .filter(({ level }) => level === 'failure')
    .flatMap(({ places }) => places)
    .map(({ check, operation, place, expected, actual }) => ({
      check,
      operation,
      place,
      text: `${operation} ${check} (${place}): expected ${expected}, got ${actual}`,
    }))
  return { job, requests, failures, problem, ...(firstFailureAt !== undefined && { firstFailureAt }) }
}
