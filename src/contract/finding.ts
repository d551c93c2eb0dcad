/**
 * failure: the server breaks the document, HTTP or stated behaviour. note: the document is incomplete here.
 * advice: worth a look.
 */
export type Level = 'failure' | 'note' | 'advice'

/** One difference between a server and the document. */
export interface Finding {
  /** The same for the same operation, check and place, for every seed. */
  readonly id: string
  readonly level: Level
  /** An operationId; a method and a path if no operation is documented. */
  readonly operation: string
  /** The check's id. */
  readonly check: string
  /** The place inside the interaction, such as `200 application/json /tags/0/id`; part of the id. */
  readonly place: string
  /** JSON Pointer into the document, and its line from 1. */
  readonly pointer: string
  readonly line: number
  readonly expected: string
  readonly actual: string
  /** The requests that show it as commands without the key, one a line: the write that caused it comes first. */
  readonly curl: string
  /** The command that checks for this finding again. */
  readonly replay: string
}
