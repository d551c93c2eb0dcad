import { useEffect, useState } from 'preact/hooks'
import type { Cell } from './cell.ts'

/** The value of a cell; the component is drawn again when it changes. */
export function useCell<T>(cell: Cell<T>): T {
  const [, draw] = useState({})
  useEffect(() => {
    const seen = cell.get()
    const stop = cell.follow(() => draw({}))
    // It may have changed between drawing and following.
    if (!Object.is(seen, cell.get())) draw({})
    return stop
  }, [cell])
  return cell.get()
}
