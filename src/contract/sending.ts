import type { Expectation, Interaction } from './interaction.ts'

/** How a scenario describes a request. By default it is plain and valid. */
export interface Sending {
  readonly path?: Readonly<Record<string, string | number>>
  /** Appended to the path after the question mark, unchanged. */
  readonly query?: string
  readonly json?: unknown
  readonly body?: string | Buffer
  /** Writes the body in chunks in another way than usual. */
  readonly chunks?: (body: Uint8Array) => Uint8Array
  /** The Content-Type; application/json by default if `json` is given. */
  readonly type?: string
  /** No Accept header is sent if absent. */
  readonly accept?: string
  /** A key in place of the right one, null for none, and its form in a shell. */
  readonly key?: { readonly value: string | null; readonly shown?: string }
  readonly headers?: Readonly<Record<string, string>>
  /** HEAD or OPTIONS, or a method that the path does not have. */
  readonly method?: string
  /** A path that no operation has, in place of the operation's. */
  readonly at?: string
  /** Spells the operation's path in another way. */
  readonly spell?: (path: string) => string
  readonly expect?: Expectation
  readonly about?: string
  /** True for the awaited answer. A write that was accepted with 202, and a list, may take a moment to show. */
  readonly until?: (interaction: Interaction) => boolean
}
