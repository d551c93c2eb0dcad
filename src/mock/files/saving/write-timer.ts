/** Milliseconds for which changes are gathered before the state file is written. Until then they are in the log. */
export const GATHER = 20
/** Bytes of the state file for which a millisecond is waited after the last change. */
export const QUIET_BYTES_PER_MS = 5_000
/** The same after the first change, if others follow without a pause: a large file is not written all the time. */
export const BUSY_BYTES_PER_MS = 500
/** Milliseconds after which a write that failed is tried again. */
export const RETRY = 1_000

/** The state file as the next write finds it. */
export interface WriteState {
  /** In bytes. */
  readonly size: number
  readonly hasFailed: boolean
}

/** Decides when changes are written: once they pause, and at the latest after a time that grows with the file. */
export class WriteTimer {
  readonly #write: () => void
  #timer: NodeJS.Timeout | undefined
  /** The time, of `performance`, from which on further changes no longer put the write off. */
  #deadline = 0

  constructor(write: () => void) {
    this.#write = write
  }

  /** Must be called at each change that the file does not have. */
  schedule(state: WriteState): void {
    if (this.#timer === undefined) this.#start(state)
    else if (performance.now() < this.#deadline) this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #start({ size, hasFailed }: WriteState): void {
    const delay = hasFailed ? RETRY : GATHER + size / QUIET_BYTES_PER_MS
    this.#timer = setTimeout(this.#write, delay).unref()
    this.#deadline = hasFailed ? 0 : performance.now() + GATHER + size / BUSY_BYTES_PER_MS
  }
}
