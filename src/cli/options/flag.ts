import type { Reading } from './read-values.ts'

/** One row of the flag table. Parsing, the environment, `--help` and the README use nothing else. */
export interface Flag<T> {
  /** Without the dashes. */
  readonly name: string
  /** One letter, as other mocks have it. */
  readonly short?: string
  /** Placeholder of the value in `--help`; absent for a switch. */
  readonly argument?: string
  readonly summary: string
  readonly fallback: T
  /** The default as `--help` shows it. */
  readonly shownDefault: string
  /** A valid value, for messages. */
  readonly example: string
  /** True if each use adds a value. In the environment, commas separate values. */
  readonly repeatable?: boolean
  /** Parts the values in the environment; a comma by default. */
  readonly separator?: string
  /** True if messages must not repeat the value. */
  readonly secret?: boolean
  /** Customary environment variables, read in this order if our own is not set. */
  readonly customary?: string | readonly string[]
  /** True if the customary variable was set for a server. By default every value of it counts. */
  readonly isMeant?: (text: string) => boolean
  /** Prefix of our own environment variable; by default `INBOXES_MOCK_`. */
  readonly prefix?: string
  /** Parses all texts given, in order; there is at least one. */
  readonly read: (texts: readonly string[]) => Reading<T>
}
