import { styleText } from 'node:util'
import type { Paint } from './request-log.ts'

/** A stream for lines, such as a process's standard output. */
export interface LineStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** Present on terminals: whether this one has colours and the user wants them (`NO_COLOR`). */
  hasColors?(): boolean
}

/** What a command may touch of the process it runs in. */
export interface Terminal {
  readonly out: LineStream
  readonly err: LineStream
  readonly pid: number
  /** True where a person's Ctrl-C reaches all processes in the foreground. */
  readonly keyboard: boolean
  /** True where processes have groups that a signal can reach; Windows has none. */
  readonly groups: boolean
  /** Calls back at each of these signals, SIGINT and SIGTERM if none are named, which then no longer end the process by themselves. */
  onSignal(listener: (signal: StopSignal) => void, signals?: readonly StopSignal[]): void
  /** Ends the process at once. */
  exit(code: number): void
}

/** The signals that ask a command to stop. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Colours for a terminal that has them, none for anything else. */
export function painterFor(stream: LineStream): Paint {
  const coloured = stream.isTTY && stream.hasColors?.()
  return coloured ? (colour, text) => styleText(colour, text, { validateStream: false }) : (_colour, text) => text
}
