import { useApp } from '../app/app-context.ts'
import type { Fault } from '../control/types.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'

/** A fault, and whether no request has met it yet. */
export interface ListedFault {
  readonly fault: Fault
  readonly isUnmet: boolean
}

/** The faults of the session, as they are now. */
export function useFaults(): Answer<readonly ListedFault[]> {
  const { control, changes, session } = useApp()
  const id = useCell(session)
  const changed = useCell(changes).fault
  return useAnswer(
    async (signal) => {
      const [faults, unmet] = await Promise.all([
        control.call('get', '/faults', { signal }),
        control.call('get', '/faults/unmet', { signal }),
      ])
      const ids = new Set(unmet.map((fault) => fault.id))
      return faults.map((fault) => ({ fault, isUnmet: ids.has(fault.id) }))
    },
    [changed, id],
  )
}
