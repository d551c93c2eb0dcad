import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Counters } from '../../store/seed-data.ts'
import type { Store } from '../../store/store.ts'
import {
  addDifferences,
  addKeys,
  type Change,
  changeOf,
  changeText,
  clearKeys,
  countKeys,
  type Keys,
  noKeys,
} from './changes.ts'
import { accessOf, makeFolder, removeFolder } from './folder.ts'
import { type Lock, LockedError, type Owner, takeLock } from './lock.ts'
import { type Base, baseLine, beginLog, inPlaceLine, type LogFile } from './log.ts'
import { type Mark, markOf, realPathOf } from './place.ts'
import {
  codeOf,
  hashOf,
  mayOverwrite,
  overwrite,
  overwriteWith,
  type Prepared,
  prepare,
  putInPlace,
} from './replace-file.ts'
import { stateText } from './state-text.ts'
import { createTroubles, type Troubles } from './troubles.ts'

/** Milliseconds for which changes are gathered before the state file is written. Until then they are in the log. */
const GATHER = 20
/** Bytes of the state file for which a millisecond is waited after the last change. */
const QUIET_BYTES_PER_MS = 5_000
/** The same after the first change, if others follow without a pause: a large file is not written all the time. */
const BUSY_BYTES_PER_MS = 500
/** Milliseconds after which a write that failed is tried again. */
const RETRY = 1_000

/** A version of the state file, and the store that it has. */
export interface KnownFile {
  readonly hash: Base
  readonly mark: Mark | undefined
  /** In bytes. */
  readonly size: number
  readonly store: Store
}

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

/** The keys and log files that a write takes from the saver, and gives back if it fails. */
interface Unsaved {
  readonly touched: Keys
  readonly pending: Keys
  readonly logs: readonly LogFile[]
}

/** Keeps the state file at the state of a store, by a log that is ahead of it. */
export class Saver {
  readonly #options: SaverOptions
  readonly #folder: string
  readonly #troubles: Troubles
  #lock: Lock | undefined
  #known: KnownFile
  /** Keys of records that the log has, and the state file perhaps not. */
  #touched: Keys
  /** Keys of records that changed since the last line of the log. */
  readonly #pending = noKeys()
  /** Taken by the write that runs. */
  #taken: Unsaved | undefined
  /** The counters of the last line of the log. */
  #counters: Counters
  /** The store that reports its changes to `#pending`. */
  #watched: Store | undefined
  /** The files of the log; lines go to the last one. */
  #logs: readonly LogFile[]
  /** True if the last file takes no more changes. */
  #mustRotate = true
  /** True if it takes no line at all: it ends in a torn one. */
  #isTorn = true
  /** A complete text that the state file is being overwritten with. */
  #copy: string | undefined
  #isDirty: boolean
  #hasFailed = false
  #isLost = false
  #isClosed = false
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  /** The time, of `performance`, from which on further changes no longer put the write off. */
  #deadline = 0
  #turn: Promise<unknown> = Promise.resolve()

  /** `logs` are those that an earlier process left, and `touched` the keys of their records. */
  constructor(options: SaverOptions, { folder, lock, known, logs, touched }: SaverStart) {
    this.#options = options
    this.#folder = folder
    this.#troubles = createTroubles(options.say)
    this.#lock = lock
    this.#known = known
    this.#logs = logs
    this.#touched = touched
    this.#counters = known.store.counters
    this.#isDirty = known.hash === null || logs.length > 0
    this.#bytes = known.size
  }

  /** The state file as it was last read or written. */
  get known(): KnownFile {
    return this.#known
  }

  /** The keys of records that the state file does not have yet. */
  #unsaved(): Keys {
    const keys = noKeys()
    for (const part of [this.#touched, this.#pending, this.#taken?.touched, this.#taken?.pending])
      if (part) addKeys(keys, part)
    return keys
  }

  /** The change that the state file does not have yet; undefined if it has all. */
  unsavedChange(): Change | undefined {
    const keys = this.#unsaved()
    const store = this.#options.store()
    if (store !== this.#watched) addDifferences(keys, this.#known.store, store)
    const counters = areEqual(store.counters, this.#known.store.counters) ? undefined : store.counters
    return countKeys(keys) > 0 || counters ? changeOf(store, keys, counters) : undefined
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

  #tryLog(): void {
    try {
      if (this.#log() && this.#troubles.isAny) this.#troubles.end('log', `${this.#folder}: the log is written again.`)
    } catch (error) {
      this.#mustRotate = true
      this.#isTorn = true
      this.#isDirty = true
      this.#troubles.begin(
        'log',
        `${this.#folder}: the log cannot be written (${codeOf(error)}). A crash would lose what the state file does not have yet.`,
      )
    }
  }

  /** True if there was something to log. */
  #log(): boolean {
    const store = this.#options.store()
    if (store !== this.#watched) this.#watch(store)
    const { counters } = store
    const isCounted = !areEqual(counters, this.#counters)
    if (!isCounted && countKeys(this.#pending) === 0) return false
    this.#isDirty = true
    this.#openLog().append(changeText(store, this.#pending, isCounted ? counters : undefined))
    addKeys(this.#touched, this.#pending)
    clearKeys(this.#pending)
    this.#counters = counters
    return true
  }

  /** Follows another store: it may differ in what was touched, and in what it brought. */
  #watch(store: Store): void {
    addKeys(this.#pending, this.#unsaved())
    addDifferences(this.#pending, this.#known.store, store)
    store.watch((name, key) => this.#pending[name].add(key))
    this.#watched = store
  }

  #openLog(): LogFile {
    const last = this.#logs.at(-1)
    if (last && !this.#mustRotate) return last
    const access = accessOf(this.#options.path)
    makeFolder(this.#folder, access)
    const log = beginLog(this.#folder, this.#known.hash, access)
    this.#logs = [...this.#logs, log]
    this.#mustRotate = false
    this.#isTorn = false
    return log
  }

  #schedule(): void {
    if (this.#isClosed) return
    if (this.#timer === undefined) this.#startTimer()
    else if (performance.now() < this.#deadline) this.#timer.refresh()
  }

  #startTimer(): void {
    const delay = this.#hasFailed ? RETRY : GATHER + this.#bytes / QUIET_BYTES_PER_MS
    const write = async () => this.#isClosed || this.#write()
    this.#timer = setTimeout(() => void this.inTurn(write), delay).unref()
    this.#deadline = this.#hasFailed ? 0 : performance.now() + GATHER + this.#bytes / BUSY_BYTES_PER_MS
  }

  /** Runs a step after those that run already. */
  inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(step)
    this.#turn = done.catch(() => {})
    return done
  }

  /** Must be called after the state of a file that somebody else wrote was put in place. What the file does not have goes to the log. */
  adopt(known: KnownFile): void {
    const old = this.#logs
    this.#known = known
    this.#bytes = known.size
    this.#touched = noKeys()
    clearKeys(this.#pending)
    this.#counters = known.store.counters
    this.#watched = undefined
    this.#logs = []
    this.#mustRotate = true
    this.#isDirty = false
    this.record()
    removeAll(old)
  }

  /** Writes the state file; true if it has the state then. An edit of it goes first. */
  async #write(edits = 0): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isLost || (await this.#isTakenOver())) return false
    this.#tryLog()
    const taken = this.#take()
    try {
      const target = realPathOf(this.#options.path)
      if (!(await this.#replace(target))) return await this.#afterEdit(taken, edits)
      this.#done(taken)
      return true
    } catch (error) {
      this.#giveBack(taken)
      this.#fail(error)
      return false
    }
  }

  #take(): Unsaved {
    const pending = noKeys()
    addKeys(pending, this.#pending)
    clearKeys(this.#pending)
    this.#taken = { touched: this.#touched, pending, logs: this.#logs }
    this.#touched = noKeys()
    this.#mustRotate = true
    return this.#taken
  }

  #giveBack({ touched, pending }: Unsaved): void {
    this.#taken = undefined
    addKeys(this.#touched, touched)
    addKeys(this.#pending, pending)
  }

  /** Puts the state in the file's place; false if the file was edited meanwhile. Rejects with Node's error. */
  async #replace(target: string): Promise<boolean> {
    if (this.#isEdited(target)) return false
    const store = this.#options.store().fork()
    const hash = this.#makeFolder() ? await this.#replaceSafely(store, target) : this.#overwriteAtOnce(store, target)
    if (hash === undefined) return false
    this.#known = { hash, mark: markOf(target), size: this.#bytes, store }
    return true
  }

  async #replaceSafely(store: Store, target: string): Promise<Base | undefined> {
    const path = join(this.#folder, this.#copy?.endsWith('1') ? 'new-2' : 'new-1')
    const prepared = await prepare(path, this.#counted(stateText(store)), target)
    if (this.#isEdited(target)) return undefined
    this.#place(prepared, target)
    return prepared.hash
  }

  /** Without a folder for the log there is no safe way. */
  #overwriteAtOnce(store: Store, target: string): Base {
    const bytes = Buffer.from([...this.#counted(stateText(store))].join(''))
    overwriteWith(bytes, target)
    return hashOf(bytes)
  }

  *#counted(pieces: Iterable<string>): Generator<string> {
    this.#bytes = 0
    for (const piece of pieces) {
      this.#bytes += piece.length
      yield piece
    }
  }

  #makeFolder(): boolean {
    try {
      makeFolder(this.#folder, accessOf(this.#options.path))
      return true
    } catch (error) {
      if (NOT_WRITABLE.has(codeOf(error))) return false
      throw error
    }
  }

  /** Whether somebody else wrote the file. The same bytes again are no edit. */
  #isEdited(target: string): boolean {
    const { hash, mark: known } = this.#known
    const mark = markOf(target)
    if (mark === undefined || (known?.isSettled && mark.id === known.id)) return false
    if (!mark.isFile) throw new Error('no file stands there')
    if (hashOf(readFileSync(target)) !== hash) return true
    this.#known = { ...this.#known, mark }
    return false
  }

  #place(prepared: Prepared, target: string): void {
    const obstacle = prepared.obstacle ?? this.#rename(prepared, target)
    if (obstacle === undefined) return
    this.#troubles.begin('place', `${target} cannot be replaced (${obstacle}), so it is written in place.`)
    this.#copy = prepared.path
    this.#lineLog().append(inPlaceLine(prepared.hash))
    try {
      overwrite(prepared, target)
      this.#copy = undefined
    } catch (error) {
      // The torn file is ours; the next write may go over it.
      this.#known = { ...this.#known, hash: hashOf(readFileSync(target)) }
      throw error
    }
  }

  /** The error code that stands in the way of a replacement; undefined if it was made. */
  #rename(prepared: Prepared, target: string): string | undefined {
    if (this.#logs.length > 0) this.#lineLog().append(baseLine(prepared.hash))
    try {
      putInPlace(prepared, target)
      return undefined
    } catch (error) {
      if (!mayOverwrite(error)) throw error
      return codeOf(error)
    }
  }

  /** The file of the log that takes a line that is no change. */
  #lineLog(): LogFile {
    const last = this.#logs.at(-1)
    return last && !this.#isTorn ? last : this.#openLog()
  }

  #done({ logs }: Unsaved): void {
    this.#taken = undefined
    this.#logs = this.#logs.filter((log) => !logs.includes(log))
    removeAll(logs)
    this.#hasFailed = false
    this.#isDirty = countKeys(this.#unsaved()) > 0 || !areEqual(this.#counters, this.#known.store.counters)
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
    this.#giveBack(taken)
    const { hash } = this.#known
    await this.#options.takeEdit()
    if (this.#known.hash === hash) {
      this.#hasFailed = true
      this.#schedule()
      return false
    }
    return !this.#isDirty || (edits < MOST_EDITS && this.#write(edits + 1))
  }

  /** Whether another process has the lock now. A lock that is gone, with its folder perhaps, is taken again. */
  async #isTakenOver(): Promise<boolean> {
    if (this.#lock?.isMine() || !this.#canLock()) return false
    const owner = this.#lock?.owner() ?? (await this.#lockAgain())
    if (owner === undefined) return false
    this.#isLost = true
    this.#options.say(
      `${this.#options.path}: process ${owner.pid} on ${owner.host} saves to it now. This process has stopped saving.`,
    )
    return true
  }

  #canLock(): boolean {
    try {
      return this.#makeFolder()
    } catch {
      return false
    }
  }

  /** The owner if another process was faster. */
  async #lockAgain(): Promise<Owner | undefined> {
    try {
      this.#lock = await takeLock(this.#folder, () => {})
      return undefined
    } catch (error) {
      return error instanceof LockedError ? error.owner : undefined
    }
  }

  /** Writes what is not written yet, and stops. False if the state file does not have the state then. */
  async close(): Promise<boolean> {
    const isSaved = await this.inTurn(() => this.#finish())
    if (isSaved) this.#cleanUp()
    else this.#sayUnsaved()
    this.#lock?.release()
    removeFolder(this.#folder)
    return isSaved
  }

  async #finish(): Promise<boolean> {
    if (!this.#isLost) this.#tryLog()
    const isSaved = this.#isDirty || this.#isLost || this.#isGone() ? await this.#write() : true
    this.#isClosed = true
    clearTimeout(this.#timer)
    return isSaved
  }

  #isGone(): boolean {
    try {
      return markOf(realPathOf(this.#options.path)) === undefined
    } catch {
      return true
    }
  }

  #cleanUp(): void {
    removeAll(this.#logs)
    for (const name of ['new-1', 'new-2']) rmSync(join(this.#folder, name), { force: true })
  }

  #sayUnsaved(): void {
    for (const log of this.#logs) log.close()
    const isLogged = this.#logs.length > 0 && countKeys(this.#pending) === 0 && !this.#isLost
    const rest = isLogged ? `${this.#folder} has the rest, and the next start takes it over.` : 'The rest is lost.'
    this.#options.say(`${this.#options.path} does not have the last changes. ${rest}`)
  }
}

/** How often edits are taken over before one write. */
const MOST_EDITS = 3

/** Error codes of a folder in which this process may make nothing. */
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS'])

const areEqual = (a: Counters, b: Counters) => a.order === b.order && a.domain === b.domain

function removeAll(logs: readonly LogFile[]): void {
  for (const log of logs) log.remove()
}
