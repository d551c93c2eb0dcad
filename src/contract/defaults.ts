/** A contract run's values unless its options, or the flags of the command, say otherwise. */
export const DEFAULTS = {
  seed: 1,
  /** Milliseconds from the start of a request to the end of its answer. */
  timeoutMs: 10_000,
  /** Bytes of one body, as received and as decoded. */
  maxBytes: 64 * 1024 * 1024,
  /** Milliseconds for the whole run. */
  maxMs: 15 * 60_000,
  /** Milliseconds to remove the records of a run. */
  cleanUpMs: 30_000,
  /** Milliseconds for all waits that 429 and 503 ask for. */
  waitBudgetMs: 30_000,
  depth: 'usual',
  /** The number of random sequences. */
  sequences: 7,
  /** Their number in a thorough run. */
  manySequences: 60,
  /** The file in which owned mode keeps what it has created. */
  cleanupLog: 'inboxes-contract.journal',
} as const
