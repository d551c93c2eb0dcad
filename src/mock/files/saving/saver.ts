import type { Store } from '../../store/store.ts'
import { ChangeLog, removeAll, type Unsaved } from './change-log.ts'
import type { Change, Keys } from './changes.ts'
import { removeFolder } from './folder.ts'
import { KeptLock } from './kept-lock.ts'
import type { KnownFile } from './known-file.ts'
import type { Lock } from './lock.ts'
import type { LogFile } from './log.ts'
import { codeOf } from './replace-file.ts'
import { createTroubles, type Troubles } from './troubles.ts'
import { WriteTimer } from './write-timer.ts'
import { WrittenFile } from './written-file.ts'

/** The start of a saver: the file that was read, the lock if there could be one, and the log of an earlier process. */
export interface SaverStart {
  readonly folder: string
  readonly lock: Lock | undefined
  readonly known: KnownFile
  readonly logs: readonly LogFile[]
  readonly touched: Keys
}

export interface SaverOptions {
  readonly path: string
  readonly store: () => Store
  readonly say: (message: string) => void
  /** Takes over an edit of the state file, or refuses it and says why. */
  readonly takeEdit: () => Promise<void>
}

/** Keeps the state file at the state of a store, by a log that is ahead of it. */
export class Saver {
  readonly #options: SaverOptions
  readonly #folder: string
  readonly #troubles: Troubles
  readonly #log: ChangeLog
  readonly #file: WrittenFile
  readonly #lock: KeptLock
  readonly #timer = new WriteTimer(() => void this.inTurn(async () => this.#isClosed || this.#write()))
  #isDirty: boolean
  #hasFailed = false
  /** True once another process saves to the file. */
  #isLost = false
  #isClosed = false
  #turn: Promise<unknown> = Promise.resolve()

  /** `logs` are those that an earlier process left, and `touched` the keys of their records. */
  constructor(options: SaverOptions, { folder, lock, known, logs, touched }: SaverStart) {
    const { path, store, say } = options
    this.#options = options
    this.#folder = folder
    this.#troubles = createTroubles(say)
    this.#file = new WrittenFile({ path, folder, troubles: this.#troubles, log: () => this.#log }, known)
    this.#log = new ChangeLog({ path, folder, store, known: () => this.#file.known, logs, touched })
    this.#lock = new KeptLock(folder, lock)
    this.#isDirty = known.hash === null || logs.length > 0
  }

  /** The state file as it was last read or written. */
  get known(): KnownFile {
    return this.#file.known
  }

  /** The change that the state file does not have yet; undefined if it has all. */
  unsavedChange(): Change | undefined {
    return this.#log.unsavedChange()
  }

  /** Writes the state file if it does not have the state. */
  flush(): Promise<boolean> {
    return this.inTurn(async () => !this.#isDirty || this.#write())
  }

  /** Adds what changed to the log. Must be called before the answer to a request that may have changed the state. */
  record(): void {
    if (this.#isLost) return
    this.#tryLog()
    if (this.#isDirty) this.#schedule()
  }

  /** Runs a step after those that run already. */
  inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(step)
    this.#turn = done.catch(() => {})
    return done
  }

  /** Must be called after the state of a file that somebody else wrote was put in place. What the file does not have goes to the log. */
  adopt(known: KnownFile): void {
    this.#file.adopt(known)
    const old = this.#log.restart()
    this.#isDirty = false
    this.record()
    removeAll(old)
  }

  /** Writes what is not written yet, and stops. False if the state file does not have the state then. */
  async close(): Promise<boolean> {
    const isSaved = await this.inTurn(() => this.#finish())
    if (isSaved) this.#cleanUp()
    else this.#sayUnsaved()
    this.#lock.release()
    removeFolder(this.#folder)
    return isSaved
  }

  #tryLog(): void {
    try {
      if (!this.#log.append()) return
      this.#isDirty = true
      if (this.#troubles.isAny) this.#troubles.end('log', `${this.#folder}: the log is written again.`)
    } catch (error) {
      this.#log.tear()
      this.#isDirty = true
      this.#troubles.begin(
        'log',
        `${this.#folder}: the log cannot be written (${codeOf(error)}). A crash would lose what the state file does not have yet.`,
      )
    }
  }

  #schedule(): void {
    if (!this.#isClosed) this.#timer.schedule({ size: this.#file.size, hasFailed: this.#hasFailed })
  }

  /** Writes the state file; true if it has the state then. An edit of it goes first. */
  async #write(edits = 0): Promise<boolean> {
    this.#timer.stop()
    if (this.#isLost || (await this.#isTakenOver())) return false
    this.#tryLog()
    const taken = this.#log.take()
    try {
      if (!(await this.#file.replace(this.#options.store))) return await this.#afterEdit(taken, edits)
      this.#done(taken)
      return true
    } catch (error) {
      this.#log.giveBack(taken)
      this.#fail(error)
      return false
    }
  }

  #done(taken: Unsaved): void {
    this.#log.drop(taken)
    this.#hasFailed = false
    this.#isDirty = !this.#log.isSaved
    this.#troubles.end('write', `${this.#options.path} is written again.`)
    if (this.#isDirty) this.#schedule()
  }

  #fail(error: unknown): void {
    this.#hasFailed = true
    this.#isDirty = true
    this.#troubles.begin(
      'write',
      `${this.#options.path} cannot be written (${codeOf(error)}). The state is kept, and the write is tried again.`,
    )
    this.#schedule()
  }

  /** Takes the edit over, and writes what it does not have. Edits that go on are left to the next turn. */
  async #afterEdit(taken: Unsaved, edits: number): Promise<boolean> {
    this.#log.giveBack(taken)
    const { hash } = this.known
    await this.#options.takeEdit()
    if (this.known.hash === hash) {
      this.#hasFailed = true
      this.#schedule()
      return false
    }
    return !this.#isDirty || (edits < MOST_EDITS && this.#write(edits + 1))
  }

  /** Whether another process saves to the file now. */
  async #isTakenOver(): Promise<boolean> {
    const owner = await this.#lock.lostTo(() => this.#file.makeFolder())
    if (owner === undefined) return false
    this.#isLost = true
    this.#options.say(
      `${this.#options.path}: process ${owner.pid} on ${owner.host} saves to it now. This process has stopped saving.`,
    )
    return true
  }

  async #finish(): Promise<boolean> {
    if (!this.#isLost) this.#tryLog()
    const isSaved = this.#isDirty || this.#isLost || this.#file.isGone() ? await this.#write() : true
    this.#isClosed = true
    this.#timer.stop()
    return isSaved
  }

  #cleanUp(): void {
    this.#log.remove()
    this.#file.removeCopies()
  }

  #sayUnsaved(): void {
    this.#log.close()
    const isLogged = this.#log.isComplete && !this.#isLost
    const rest = isLogged ? `${this.#folder} has the rest, and the next start takes it over.` : 'The rest is lost.'
    this.#options.say(`${this.#options.path} does not have the last changes. ${rest}`)
  }
}

/** How often edits are taken over before one write. */
const MOST_EDITS = 3
