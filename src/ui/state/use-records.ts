import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Collection, FoundRecords } from '../control/types.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { useSlowly } from '../parts/use-slowly.ts'
import { type Part, partAround } from './part-around.ts'

/** The records in view, and some around them. */
export interface Records extends Answer<FoundRecords> {
  /** Asks for what the rows in view need. */
  readonly see: (first: number, end: number) => void
}

/** Milliseconds between two questions while the state changes. */
const EVERY = 500
/** Milliseconds between two questions while a text is typed. */
const TYPING = 250

/** Loads the part of a collection that is in view, and again when the collection changes. */
export function useRecords(collection: Collection, typed: string): Records {
  const { control, changes } = useApp()
  const changed = useSlowly(useCell(changes).state, EVERY)
  const text = useSlowly(typed, TYPING)
  const [{ offset, limit }, setPart] = useState<Part>(partAround(0, 0))
  const query = { offset: String(offset), limit: String(limit), ...(text !== '' && { text }) }
  const path = { collection }
  const answer = useAnswer(
    (signal) => control.call('get', '/records/{collection}', { path, query, signal }),
    [collection, text, offset, limit, changed],
  )
  const see = (first: number, end: number) => {
    const next = partAround(first, end)
    setPart((before) => (before.offset === next.offset && before.limit === next.limit ? before : next))
  }
  return { ...answer, see }
}
