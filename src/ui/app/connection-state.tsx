import type { Connection } from '../control/live.ts'
import { useCell } from '../parts/use-cell.ts'
import { useApp } from './app-context.ts'

const TEXTS: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  polling: 'Asking every 2 s',
  lost: 'Mock lost. Trying again…',
  locked: 'Token needed',
}

const SIGNS: Readonly<Record<Connection, string>> = { connecting: '○', live: '●', polling: '◐', lost: '✕', locked: '⚿' }

/** Says whether the page hears of the mock; a change is read out. */
export function ConnectionState() {
  const { live } = useApp()
  const connection = useCell(live.connection)
  return (
    <p class={`connection ${connection}`} role="status" aria-live="polite">
      <span aria-hidden="true">{SIGNS[connection]} </span>
      {TEXTS[connection]}
    </p>
  )
}
