/** A short message about an action. */
export interface Notice {
  readonly id: number
  readonly text: string
}

/** Milliseconds that a notice stays: long enough to be read twice. */
export const NOTICE_TIME = 8_000

/** The notices with one more; no more than three stand at a time. */
export const withNotice = (notices: readonly Notice[], text: string): readonly Notice[] =>
  [...notices, { id: (notices.at(-1)?.id ?? 0) + 1, text }].slice(-3)
