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

/** Aborts at the first SIGINT, SIGTERM or SIGHUP. The second one ends the process at once. */
export function stopSignal(terminal: Terminal): AbortSignal {
  const stop = new AbortController()
  terminal.onSignal((signal) => {
    if (stop.signal.aborted) terminal.exit(EXIT[signal])
    stop.abort()
  })
  return stop.signal
}
