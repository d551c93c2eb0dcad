import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { judgeState } from '../control/judge-state.ts'
import { readJson } from '../media/json-read.ts'
import type { ApiDocument } from '../spec/document.ts'
import type { State } from '../store/state.ts'

/** A state file cannot be used; the message says where and why, in one line. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError'
}

/** Reads a state file. Throws a StateFileError where it is damaged or breaks the document; undefined where there is none. */
export async function readStateFile(path: string, document: ApiDocument): Promise<Partial<State> | undefined> {
  const text = readText(path)
  if (text === undefined) return undefined
  const { value, faults } = readJson(text)
  const violations = faults.length > 0 ? faults : (await judgeState(document, value)).map(withoutBody)
  const [first] = violations
  if (first === undefined) return value as Partial<State>
  const more = violations.length > 1 ? ` There are ${violations.length} such places.` : ''
  throw new StateFileError(
    `${path}${first.pointer} must be ${first.expected}.${more} It was left as it is; mend or remove it.`,
  )
}

const withoutBody = <T extends { readonly pointer: string }>(violation: T): T => ({
  ...violation,
  pointer: violation.pointer.replace(/^\/body/, '#'),
})

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new StateFileError(`${path} cannot be read (${code}). Name a readable file.`)
  }
}

/** The text of a state file: the same state gives the same bytes. */
export const stateText = (state: State): string => `${JSON.stringify(state, undefined, 2)}\n`

/**
 * Writes a file so that whoever reads it, at any moment, finds the old text or the new one whole: into a file beside it,
 * to the disk, and over it.
 */
export function writeAtomically(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`
  const file = openSync(beside, 'w')
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
}
