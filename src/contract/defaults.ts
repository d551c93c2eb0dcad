/** A contract run's values unless its options, or the flags of the command, say otherwise. */
export const DEFAULTS = {
  seed: 1,
  /** Milliseconds to wait for one answer. */
  timeoutMs: 10_000,
  /** Milliseconds for all waits that 429 and 503 ask for. */
  waitBudgetMs: 30_000,
  /** The number of random sequences. */
  sequences: 7,
  /** The file in which owned mode keeps what it has created. */
  cleanupLog: 'inboxes-contract.journal',
} as const
