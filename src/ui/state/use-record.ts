import { useApp } from '../app/app-context.ts'
import type { Collection, StoredRecord } from '../control/types.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { useSlowly } from '../parts/use-slowly.ts'

/** Milliseconds between two questions while the state changes. */
const EVERY = 500

/** A record as it is stored now; an empty one to be added. */
export function useRecord(collection: Collection, key: string, isNew: boolean): Answer<StoredRecord> {
  const { control, changes } = useApp()
  const changed = useSlowly(useCell(changes).state, EVERY)
  return useAnswer<StoredRecord>(
    async (signal) =>
      isNew ? {} : control.call('get', '/state/{collection}/{key}', { path: { collection, key }, signal }),
    [isNew || changed],
  )
}
