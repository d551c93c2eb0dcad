import type { Cell } from '../parts/cell.ts'

/** A short message about an action. */
export interface Notice {
  readonly id: number
  readonly text: string
}

/** Milliseconds that a notice stays: long enough to be read twice. */
const NOTICE_TIME = 8_000

/** No more stand at a time. */
const MOST = 3

/** Shows a message for some time. */
export function createSay(notices: Cell<readonly Notice[]>): (text: string) => void {
  let id = 0
  return (text) => {
    const notice = { id: ++id, text }
    notices.set([...notices.get(), notice].slice(-MOST))
    setTimeout(() => notices.set(notices.get().filter((one) => one !== notice)), NOTICE_TIME)
  }
}
