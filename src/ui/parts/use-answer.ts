import { useEffect, useState } from 'preact/hooks'
import { type Problem, problemOf } from '../control/problem.ts'

/** An answer of the mock as it arrives. The last value stays while a new one is asked for. */
export interface Answer<T> {
  readonly value?: T
  readonly problem?: Problem
  readonly pending: boolean
  /** Asks again. */
  readonly reload: () => void
}

type State<T> = Omit<Answer<T>, 'reload'>

/** Asks at first, and again whenever one of the watched values changes. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, watched: readonly unknown[]): Answer<T> {
  const [state, set] = useState<State<T>>({ pending: true })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const ended = new AbortController()
    const finish = (next: (before: State<T>) => State<T>) => !ended.signal.aborted && set(next)
    set((before) => ({ ...before, pending: true }))
    ask(ended.signal).then(
      (value) => finish(() => ({ value, pending: false })),
      (error: unknown) => finish(({ value }) => withProblem(value, problemOf(error))),
    )
    return () => ended.abort()
  }, [...watched, turn])
  return { ...state, reload: () => setTurn((before) => before + 1) }
}

const withProblem = <T>(value: T | undefined, problem: Problem): State<T> => ({
  ...(value !== undefined && { value }),
  problem,
  pending: false,
})
