import { type Lock, LockedError, type Owner, takeLock } from './lock.ts'

/** The lock of a state file while it is saved to. It may be lost to another process, or vanish with its folder. */
export class KeptLock {
  readonly #folder: string
  #lock: Lock | undefined

  constructor(folder: string, lock: Lock | undefined) {
    this.#folder = folder
    this.#lock = lock
  }

  /** The other process that has the lock now. One that is gone is taken again, where the folder for it can be made. */
  async lostTo(makeFolder: () => boolean): Promise<Owner | undefined> {
    if (this.#lock?.isMine() || !canMake(makeFolder)) return undefined
    return this.#lock?.owner() ?? (await this.#takeAgain())
  }

  release(): void {
    this.#lock?.release()
  }

  /** The owner if another process was faster. */
  async #takeAgain(): Promise<Owner | undefined> {
    try {
      this.#lock = await takeLock(this.#folder, () => {})
      return undefined
    } catch (error) {
      return error instanceof LockedError ? error.owner : undefined
    }
  }
}

function canMake(makeFolder: () => boolean): boolean {
  try {
    return makeFolder()
  } catch {
    return false
  }
}
