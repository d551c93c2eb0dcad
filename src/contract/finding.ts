/** failure: the server breaks the document, HTTP or stated behaviour. note: the document is incomplete here. advice: worth a look. */
export type Level = 'failure' | 'note' | 'advice'

/** One thing that a server does and the document does not say, or the other way round. */
export interface Finding {
  /** Stable: the same for the same operation, check and place, whatever the seed. */
  readonly id: string
  readonly level: Level
  /** An operationId, or a method and a path where no operation is documented. */
  readonly operation: string
  /** The check's id. */
  readonly check: string
  /** What inside the interaction, such as `200 application/json /tags/0/id`; part of the id. */
  readonly place: string
  /** JSON Pointer into the document, and its line from 1. */
  readonly pointer: string
  readonly line: number
  readonly expected: string
  readonly actual: string
  /** The interaction that shows it as a command without the key; before it, on a line of its own, the write that caused it. */
  readonly curl: string
  /** The command that looks for this finding again. */
  readonly replay: string
}
