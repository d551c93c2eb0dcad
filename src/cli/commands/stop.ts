import { EXIT } from '../exit-code.ts'
import type { Terminal } from '../output/terminal.ts'

/** Resolves at the first SIGINT, SIGTERM or SIGHUP. The second one ends the process at once. */
export function untilStopped(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    terminal.onSignal((signal) => {
      if (asked) terminal.exit(EXIT[signal])
      asked = true
      resolve()
    })
  })
}
