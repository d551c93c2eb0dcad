import { ApiError } from '../../openapi/api-error.ts'
import type { Mistake, PreparedRun, Progress, Run, RunInput, Runner } from './runner.ts'

/** The reports on other servers that one mock makes, one at a time. */
export interface Runs {
  /** The newest first, without their reports. */
  list(): Run[]
  /** Rejects with an ApiError: 400 for what no run can have, 409 while another goes on. */
  start(input: RunInput): Promise<Run>
  /** Throws an ApiError (404) if it is not kept. */
  get(id: string): Run
  /** Stops one that goes on, and forgets one that has ended. Throws an ApiError (404) if it is not kept. */
  stop(id: string): void
  /** Stops the one that goes on. */
  close(): void
  /** The one that has changed last. */
  readonly latest: Run | undefined
  /** Counts the changes of all. */
  readonly revision: number
}

/** A report has up to a megabyte. */
const MOST_KEPT = 5

/** A run, and how it is stopped. */
interface Kept {
  readonly run: Run
  readonly stop: AbortController
}

/** Starts without runs. `now` gives milliseconds since 1970. */
export function createRuns(runner: Runner, now: () => number): Runs {
  const kept = new Map<string, Kept>()
  let isBusy = false
  let revision = 0
  let latest: string | undefined
  let lastId = 0
  const find = (id: string): Kept => {
    const found = kept.get(id)
    if (found) return found
    throw new ApiError(404, `There is no run ${id}. The latest ${MOST_KEPT} are kept until the mock ends.`)
  }
  const change = (id: string, part: Partial<Run>) => {
    const before = kept.get(id)
    if (before === undefined) return
    kept.set(id, { ...before, run: { ...before.run, ...part } })
    latest = id
    revision += 1
  }
  const carryOut = async (id: string, { start, hide }: PreparedRun, { signal }: AbortController) => {
    try {
      const report = await start(signal, (progress: Progress) => change(id, progress))
      change(id, { state: signal.aborted ? 'stopped' : 'done', report: { ...report } })
    } catch (error) {
      const problem = hide(error instanceof Error ? error.message : String(error))
      change(id, signal.aborted ? { state: 'stopped' } : { state: 'failed', problem })
    }
    isBusy = false
  }
  const begin = (input: RunInput, prepared: PreparedRun): Run => {
    lastId += 1
    const id = String(lastId)
    const startedAt = new Date(now()).toISOString()
    const { kind } = input
    const run: Run = { id, kind, baseUrl: prepared.baseUrl, state: 'running', startedAt, ...NOT_BEGUN }
    const stop = new AbortController()
    kept.set(id, { run, stop })
    for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest)
    change(id, {})
    void carryOut(id, prepared, stop)
    return run
  }
  return {
    list: () => [...kept.values()].map(({ run: { report: _report, ...run } }) => run).reverse(),
    get: (id) => find(id).run,
    start: async (input) => {
      if (isBusy) throw busy()
      isBusy = true
      try {
        const prepared = await runner(input)
        if ('start' in prepared) return begin(input, prepared)
        throw refusal(prepared)
      } catch (error) {
        isBusy = false
        throw error
      }
    },
    stop: (id) => {
      const { run, stop } = find(id)
      stop.abort()
      if (run.state === 'running') return
      kept.delete(id)
      revision += 1
    },
    close: () => {
      for (const { stop } of kept.values()) stop.abort()
    },
    get latest() {
      return latest === undefined ? undefined : kept.get(latest)?.run
    },
    get revision() {
      return revision
    },
  }
}

const NOT_BEGUN: Progress = { step: '', done: 0, all: 0, requests: 0 }

const busy = () =>
  new ApiError(
    409,
    'A run goes on already, and one goes on at a time. Wait for its end, or stop it: DELETE /__admin/runs/ID.',
  )

function refusal(mistake: Mistake): ApiError {
  if ('problem' in mistake) return new ApiError(400, mistake.problem)
  const { member, expected } = mistake
  const pointer = `/body/${member}`
  return new ApiError(400, `${pointer} must be ${expected}.`, [{ pointer, expected }])
}
