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
import { accessOf, makeFolder } from './folder.ts'
import type { KnownFile } from './known-file.ts'
import { beginLog, type LogFile } from './log.ts'

/** The keys and log files that a write takes, and gives back if it fails. */
export interface Unsaved {
  readonly touched: Keys
  readonly pending: Keys
  readonly logs: readonly LogFile[]
}

/** Sources of a log of changes, and the part of it that an earlier process left. */
export interface ChangeLogStart {
  readonly path: string
  readonly folder: string
  readonly store: () => Store
  /** The state file as it was last read or written. */
  readonly known: () => KnownFile
  readonly logs: readonly LogFile[]
  readonly touched: Keys
}

/** The log of the changes that the state file does not have yet. */
export class ChangeLog {
  readonly #start: ChangeLogStart
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

  constructor(start: ChangeLogStart) {
    this.#start = start
    this.#logs = start.logs
    this.#touched = start.touched
    this.#counters = start.known().store.counters
  }

  get hasFiles(): boolean {
    return this.#logs.length > 0
  }

  /** True if all changes are in its files. */
  get isComplete(): boolean {
    return this.hasFiles && countKeys(this.#pending) === 0
  }

  /** True if the state file has everything. */
  get isSaved(): boolean {
    return countKeys(this.#unsaved()) === 0 && areEqual(this.#counters, this.#start.known().store.counters)
  }

  /** The change that the state file does not have yet; undefined if it has all. */
  unsavedChange(): Change | undefined {
    const keys = this.#unsaved()
    const store = this.#start.store()
    const known = this.#start.known().store
    if (store !== this.#watched) addDifferences(keys, known, store)
    const counters = areEqual(store.counters, known.counters) ? undefined : store.counters
    return countKeys(keys) > 0 || counters ? changeOf(store, keys, counters) : undefined
  }

  /** Writes a line with what changed; true if something did. Throws Node's error. */
  append(): boolean {
    const store = this.#start.store()
    if (store !== this.#watched) this.#watch(store)
    const { counters } = store
    const isCounted = !areEqual(counters, this.#counters)
    if (!isCounted && countKeys(this.#pending) === 0) return false
    this.#open().append(changeText(store, this.#pending, isCounted ? counters : undefined))
    addKeys(this.#touched, this.#pending)
    clearKeys(this.#pending)
    this.#counters = counters
    return true
  }

  /** Must be called after a line could not be written: a part of it may stand there, so the next one goes to another file. */
  tear(): void {
    this.#mustRotate = true
    this.#isTorn = true
  }

  /** Writes a line that is no change. */
  line(text: string): void {
    const last = this.#logs.at(-1)
    const log = last && !this.#isTorn ? last : this.#open()
    log.append(text)
  }

  /** Takes all that is not saved, for a write. What changes meanwhile goes to another file. */
  take(): Unsaved {
    const pending = noKeys()
    addKeys(pending, this.#pending)
    clearKeys(this.#pending)
    this.#taken = { touched: this.#touched, pending, logs: this.#logs }
    this.#touched = noKeys()
    this.#mustRotate = true
    return this.#taken
  }

  /** Takes back what a write did not save. */
  giveBack({ touched, pending }: Unsaved): void {
    this.#taken = undefined
    addKeys(this.#touched, touched)
    addKeys(this.#pending, pending)
  }

  /** Forgets what a write saved. */
  drop({ logs }: Unsaved): void {
    this.#taken = undefined
    this.#logs = this.#logs.filter((log) => !logs.includes(log))
    removeAll(logs)
  }

  /** Begins anew from the state file as it is known now. Gives the old files, which are needed until the next line is written. */
  restart(): readonly LogFile[] {
    const old = this.#logs
    this.#touched = noKeys()
    clearKeys(this.#pending)
    this.#counters = this.#start.known().store.counters
    this.#watched = undefined
    this.#logs = []
    this.#mustRotate = true
    return old
  }

  /** Removes its files. */
  remove(): void {
    removeAll(this.#logs)
  }

  /** Closes its files, which stay. */
  close(): void {
    for (const log of this.#logs) log.close()
  }

  /** The keys of records that the state file does not have yet. */
  #unsaved(): Keys {
    const keys = noKeys()
    for (const part of [this.#touched, this.#pending, this.#taken?.touched, this.#taken?.pending])
      if (part) addKeys(keys, part)
    return keys
  }

  /** Follows another store: it may differ in what was touched, and in what it brought. */
  #watch(store: Store): void {
    addKeys(this.#pending, this.#unsaved())
    addDifferences(this.#pending, this.#start.known().store, store)
    store.watch((name, key) => this.#pending[name].add(key))
    this.#watched = store
  }

  #open(): LogFile {
    const last = this.#logs.at(-1)
    if (last && !this.#mustRotate) return last
    const { path, folder, known } = this.#start
    const access = accessOf(path)
    makeFolder(folder, access)
    const log = beginLog(folder, known().hash, access)
    this.#logs = [...this.#logs, log]
    this.#mustRotate = false
    this.#isTorn = false
    return log
  }
}

const areEqual = (a: Counters, b: Counters) => a.order === b.order && a.domain === b.domain

export function removeAll(logs: readonly LogFile[]): void {
  for (const log of logs) log.remove()
}
