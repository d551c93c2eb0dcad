import { readFileSync } from 'node:fs'
import type { Violation } from '../../openapi/api-error.ts'
import { readJson } from '../../openapi/codecs/read-json.ts'
import { writeRecord } from '../../openapi/codecs/write-json.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { amountOf } from '../../openapi/violation-limit.ts'
import { acceptState } from '../admin/accept-state.ts'
import type { State } from '../store/state.ts'
import { loadAdminDocument } from './load-admin-document.ts'

/** A state file cannot be used; the message tells the place and the reason in one line. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError'
}

/** Reads a state file; undefined if there is none. Rejects with a StateFileError if it is damaged or breaks the document. */
export async function readStateFile(path: string, document: ApiDocument): Promise<Partial<State> | undefined> {
  const text = readText(path)
  return text === undefined ? undefined : parseState(path, text, document)
}

/** Reads the text of a state file. Rejects with a StateFileError if it is damaged or breaks the document. */
export async function parseState(path: string, text: string, document: ApiDocument): Promise<Partial<State>> {
  const { value, faults } = readJson(text)
  if (faults.length > 0) throw damaged(path, faults)
  const accepted = await acceptState(loadAdminDocument(document).document, value)
  if ('state' in accepted) return accepted.state
  throw damaged(path, accepted.violations)
}

function damaged(path: string, violations: readonly Violation[]): StateFileError {
  const [first] = violations
  const more = violations.length > 1 ? ` There are ${amountOf(violations)} such places.` : ''
  const place = `${path}${first?.pointer.replace(/^\/body/, '#')}`
  return new StateFileError(`${place} must be ${first?.expected}.${more} It was left as it is; fix or remove it.`)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new StateFileError(`${path} cannot be read (${code}). Name a readable file.`)
  }
}

/** The text of a state file, one record a line. The same state gives the same bytes; unchanged records reuse their text. */
export function stateText({ counters, ...collections }: State): string {
  const lists = Object.entries(collections).map(
    ([name, records]) => `"${name}": [\n${records.map(writeRecord).join(',\n')}\n]`,
  )
  return `{\n${[...lists, `"counters": ${writeRecord(counters)}`].join(',\n')}\n}\n`
}
