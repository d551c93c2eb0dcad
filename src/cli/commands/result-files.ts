import { closeSync, lstatSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageProblem } from '../usage-problem.ts'
import { makeFolder } from './make-folder.ts'

/** A file that a command writes when its work is done, and how to name another one. */
export interface ResultFile {
  readonly file: string
  /** Such as `--report json=FILE`. */
  readonly flag: string
}

/** Makes the folder of a file, and tries to write there before the work begins. Throws a UsageProblem if that fails. */
export function requireWritable({ file, flag }: ResultFile): void {
  explained({ file, flag }, 'written', () => {
    makeFolder(dirname(file))
    const known = lstatSync(file, { throwIfNoEntry: false })
    // A pipe is read by somebody who would take this for the result.
    if (known && !known.isFile() && !known.isDirectory() && !known.isSymbolicLink()) return
    closeSync(openSync(file, 'a'))
    if (known === undefined) rmSync(file)
  })
}

/** Makes a folder for results before the work begins. Throws a UsageProblem if that fails. */
export function requireFolder(folder: ResultFile): void {
  explained(folder, 'made', () => makeFolder(folder.file))
}

/** Writes a result. Throws a UsageProblem if that fails. */
export function writeResult(target: ResultFile, text: string): void {
  explained(target, 'written', () => writeFileSync(target.file, text))
}

/** Removes a file that has served. Throws a UsageProblem if that fails. */
export function removeDone(target: ResultFile): void {
  explained(target, 'removed', () => rmSync(target.file, { force: true }))
}

/** True if something stands there; false also where that cannot be seen. */
export function isTaken(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

function explained({ file, flag }: ResultFile, done: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageProblem(`${file} cannot be ${done} (${code}). Correct that, or name another file: ${flag}`)
  }
}
