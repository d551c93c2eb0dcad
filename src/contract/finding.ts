/**
 * failure: the server breaks the document, HTTP or stated behaviour. note: the document is incomplete here.
 * advice: worth a look.
 */
export type Level = 'failure' | 'note' | 'advice'

/** One place at which a difference shows. */
export interface Place {
  /** The same for the same operation, check and place, for every seed. */
  readonly id: string
  /** An operationId; a method and a path if no operation is documented. */
  readonly operation: string
  /** The check's id. */
  readonly check: string
  /** The place inside the interaction, such as `200 application/json /tags/0/id`. Baselines refer to it. */
  readonly place: string
  /** The request in words, such as `a request without a key`; '' if no request shows it. */
  readonly sent: string
  /** JSON Pointer into the document, and its line from 1. */
  readonly pointer: string
  readonly line: number
  readonly expected: string
  readonly actual: string
  /** The requests that show it as commands without the key, one a line: the write that caused it comes first. */
  readonly curl: string
}

/** One difference between a server and the document. Its own members are those of its first place, but for the id. */
export interface Finding extends Place {
  readonly level: Level
  /** One sentence: who does what, what was sent, what came, and what the reference says. */
  readonly message: string
  /** The command that checks for this finding again. */
  readonly replay: string
  /** Every place at which it shows; at least one. */
  readonly places: readonly Place[]
  /** The entry of the baseline that accepts this failure: its owner, and its last day. */
  readonly accepted?: { readonly owner: string; readonly expires: string }
}

/** A place with its level, before places of one cause become one finding. */
export interface Observed extends Place {
  readonly level: Level
}
