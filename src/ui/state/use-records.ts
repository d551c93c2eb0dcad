import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Collection, StoredRecord } from '../control/types.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'

/** A larger collection is not loaded again by itself: it has megabytes. */
const LARGE = 5_000

/** The records of a collection. */
export interface Records extends Answer<readonly StoredRecord[]> {
  /** True if the state has changed since a large collection was loaded. */
  readonly isStale: boolean
}

/** Loads a collection, and again when it changes if it is small. */
export function useRecords(collection: Collection): Records {
  const { control, changes } = useApp()
  const changed = useCell(changes).state
  const [wanted, want] = useState(changed)
  const size = useRef(0)
  const answer = useAnswer(
    async (signal) => {
      const records = await control.call('get', '/state/{collection}', { path: { collection }, signal })
      size.current = records.length
      return records
    },
    [collection, wanted],
  )
  useEffect(() => {
    if (size.current <= LARGE) want(changed)
  }, [changed])
  const reload = () => (wanted === changed ? answer.reload() : want(changed))
  return { ...answer, reload, isStale: wanted !== changed }
}
