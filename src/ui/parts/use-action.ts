import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { type Problem, problemOf } from '../control/problem.ts'

/** An action that may be refused. */
export interface Action {
  /** Runs it, and says the text when it is done. Resolves with whether it was. */
  readonly run: (work: () => Promise<unknown>, done: string) => Promise<boolean>
  readonly problem?: Problem
  readonly pending: boolean
  readonly clear: () => void
}

/** Keeps the problem of the last action for the form that started it. */
export function useAction(): Action {
  const { say } = useApp()
  const [state, set] = useState<{ problem?: Problem; pending: boolean }>({ pending: false })
  const run = async (work: () => Promise<unknown>, done: string) => {
    set({ pending: true })
    try {
      await work()
      set({ pending: false })
      if (done !== '') say(done)
      return true
    } catch (error) {
      set({ problem: problemOf(error), pending: false })
      return false
    }
  }
  return { run, ...state, clear: () => set({ pending: false }) }
}
