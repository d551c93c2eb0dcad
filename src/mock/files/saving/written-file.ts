import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Store } from '../../store/store.ts'
import type { ChangeLog } from './change-log.ts'
import { accessOf, makeFolder } from './folder.ts'
import type { KnownFile } from './known-file.ts'
import { type Base, baseLine, inPlaceLine } from './log.ts'
import { markOf, realPathOf } from './place.ts'
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
import type { Troubles } from './troubles.ts'

/** The parts of a saver that writing the file needs. */
export interface WrittenFileParts {
  readonly path: string
  readonly folder: string
  readonly troubles: Troubles
  /** Gets a line before the file is replaced. */
  readonly log: () => ChangeLog
}

/** The state file: a whole text is put in the place of another one, unless somebody else wrote it meanwhile. */
export class WrittenFile {
  readonly #parts: WrittenFileParts
  #known: KnownFile
  /** A complete text that the state file is being overwritten with. */
  #copy: string | undefined
  #bytes: number

  constructor(parts: WrittenFileParts, known: KnownFile) {
    this.#parts = parts
    this.#known = known
    this.#bytes = known.size
  }

  /** The state file as it was last read or written. */
  get known(): KnownFile {
    return this.#known
  }

  /** The bytes of its text, also of one that could not be put in place. */
  get size(): number {
    return this.#bytes
  }

  /** Goes on from a text that somebody else wrote. */
  adopt(known: KnownFile): void {
    this.#known = known
    this.#bytes = known.size
  }

  /** Puts a state in the file's place; false if the file was edited meanwhile. Rejects with Node's error. */
  async replace(state: () => Store): Promise<boolean> {
    const target = realPathOf(this.#parts.path)
    if (this.#isEdited(target)) return false
    const store = state().fork()
    const hash = this.makeFolder() ? await this.#replaceSafely(store, target) : this.#overwriteAtOnce(store, target)
    if (hash === undefined) return false
    this.#known = { hash, mark: markOf(target), size: this.#bytes, store }
    return true
  }

  /** True if no file stands there. */
  isGone(): boolean {
    try {
      return markOf(realPathOf(this.#parts.path)) === undefined
    } catch {
      return true
    }
  }

  /** Removes the texts that were written beside it. */
  removeCopies(): void {
    for (const name of COPIES) rmSync(join(this.#parts.folder, name), { force: true })
  }

  /** Makes the folder beside it; false where this process may make none. Throws Node's error otherwise. */
  makeFolder(): boolean {
    try {
      makeFolder(this.#parts.folder, accessOf(this.#parts.path))
      return true
    } catch (error) {
      if (NOT_WRITABLE.has(codeOf(error))) return false
      throw error
    }
  }

  async #replaceSafely(store: Store, target: string): Promise<Base | undefined> {
    const path = join(this.#parts.folder, this.#copy?.endsWith('1') ? COPIES[1] : COPIES[0])
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
    const { troubles, log } = this.#parts
    troubles.begin('place', `${target} cannot be replaced (${obstacle}), so it is written in place.`)
    this.#copy = prepared.path
    log().line(inPlaceLine(prepared.hash))
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
    const log = this.#parts.log()
    if (log.hasFiles) log.line(baseLine(prepared.hash))
    try {
      putInPlace(prepared, target)
      return undefined
    } catch (error) {
      if (!mayOverwrite(error)) throw error
      return codeOf(error)
    }
  }
}

/** The names of a whole text beside the file. While the file is overwritten from one, the next goes to the other. */
const COPIES = ['new-1', 'new-2'] as const

/** Error codes of a folder in which this process may make nothing. */
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS'])
