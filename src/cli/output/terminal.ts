import { styleText } from 'node:util'
import type { Colorize } from './request-log.ts'

/** A stream for lines of text, such as standard output. */
export interface LineStream {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** Present on terminals. False if the terminal has no colours or `NO_COLOR` is set. */
  hasColors?(): boolean
}

/** The parts of its process that a command may use. */
export interface Terminal {
  readonly out: LineStream
  readonly err: LineStream
  readonly pid: number
  /** True if Ctrl-C at the keyboard reaches all processes in the foreground. */
  readonly keyboard: boolean
  /** True if a signal can be sent to a process group; Windows has no groups. */
  readonly groups: boolean
  /** Calls back at each of the signals (by default SIGINT, SIGTERM and SIGHUP), which then no longer end the process. */
  onSignal(listener: (signal: StopSignal) => void, signals?: readonly StopSignal[]): void
  /** Ends the process at once. */
  exit(code: number): void
  /** Opens an address in the browser; resolves with the reason if it cannot. */
  open?(url: string): Promise<string | undefined>
}

/** The signals that ask a command to stop. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Colours texts if the stream is a terminal with colours, or `FORCE_COLOR` asks for them; an empty value, 0 and false do not. */
export function colorizeFor(stream: LineStream, env: NodeJS.ProcessEnv = process.env): Colorize {
  const { FORCE_COLOR: forced = '0', NO_COLOR: never = '' } = env
  const isForced = never === '' && !['0', 'false'].includes(forced)
  const coloured = isForced || (stream.isTTY && stream.hasColors?.())
  return coloured ? (colour, text) => styleText(colour, text, { validateStream: false }) : (_colour, text) => text
}
