import { isUtf8 } from 'node:buffer'
import type { Violation } from '../../openapi/api-error.ts'
import { countMembers, doubledName, lineAt, lineOf } from '../../openapi/codecs/json-names.ts'
import { unknownMembers } from '../../openapi/codecs/project.ts'
import { readJson } from '../../openapi/codecs/read-json.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo, tokensOf } from '../../openapi/json-pointer.ts'
import { nearest } from '../../openapi/nearest.ts'
import { amountOf } from '../../openapi/violation-limit.ts'
import { acceptState } from '../admin/accept-state.ts'
import type { State } from '../store/state.ts'
import { schemaAt } from '../validation/messages.ts'
import { loadAdminDocument } from './load-admin-document.ts'

/** A state file cannot be used; the message tells the place and the reason in one line. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError'
}

/** A state that a file holds, and the properties in it that the document does not name, in words. */
export interface ReadState {
  readonly state: Partial<State>
  readonly dropped: readonly string[]
}

/**
 * Reads the bytes of a state file. Rejects with a StateFileError if they are damaged or break the document. What the
 * document does not name is left out; if the file is going to be saved to, it would be lost, so that it is refused.
 */
export async function parseState(
  path: string,
  bytes: Uint8Array,
  document: ApiDocument,
  willSave: boolean,
): Promise<ReadState> {
  const text = textOf(path, bytes)
  const { value, faults } = readJson(text)
  if (faults.length > 0) throw damaged(path, text, faults)
  const doubled = doubledName(text, value)
  if (doubled) throw refused(placeOf(path, lineAt(text, doubled.offset), doubled.pointer), 'is there twice')
  const admin = loadAdminDocument(document).document
  const state = withoutHead(value)
  const accepted = await acceptState(admin, state)
  if (!('state' in accepted)) throw damaged(path, text, accepted.violations)
  const { state: kept } = accepted
  const unknown = countMembers(state) === countMembers(kept) ? [] : unknownIn(admin, state)
  const [first] = unknown
  if (willSave && first !== undefined)
    throw refused(
      placeOf(path, lineOf(text, first), first),
      `is not in the document, and saving would lose it${meantBy(admin, first)}`,
    )
  return { state: kept, dropped: droppedTexts(path, text, unknown, (pointer) => meantBy(admin, pointer)) }
}

/** A recording begins with where it comes from and what was scrubbed, which is no part of the state. */
function withoutHead(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { recording: _said, ...state } = value as { readonly recording?: unknown }
  return state
}

/** How many properties that were left out are named. */
export const MOST_NAMED = 5

function droppedTexts(
  path: string,
  text: string,
  unknown: readonly string[],
  meant: (pointer: string) => string,
): string[] {
  const named = unknown
    .slice(0, MOST_NAMED)
    .map((at) => `${placeOf(path, lineOf(text, at), at)} is not in the document and was left out${meant(at)}.`)
  const more = unknown.length - named.length
  return more > 0 ? [...named, `${path} has ${more} more properties that were left out.`] : named
}

/** The name that was probably meant by an unknown one, to add to a sentence. */
function meantBy(admin: ApiDocument, pointer: string): string {
  const operation = admin.operations.find(({ id }) => id === 'putState')
  const tokens = tokensOf(pointer)
  const around = operation && schemaAt(operation, JSON_TYPE, tokens.slice(0, -1).reduce<string>(pointerTo, '/body'))
  const meant = nearest(tokens.at(-1) ?? '', Object.keys(around?.properties ?? {}))
  return meant === undefined ? '' : ` (did you mean ${meant}?)`
}

const JSON_TYPE = 'application/json'

const unknownIn = ({ schemas: { State: schema } }: ApiDocument, value: unknown) =>
  schema ? unknownMembers(value, schema) : []

function textOf(path: string, bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  throw refused(`${path}, line ${firstBrokenLine(bytes)}`, 'is not UTF-8')
}

/** The line, from 1, with the first bytes that are not UTF-8. A byte of a line break is no part of another character. */
function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line
    line += 1
    start = end + 1
  }
  return line
}

function damaged(path: string, text: string, violations: readonly Violation[]): StateFileError {
  const [first] = violations
  const more = violations.length > 1 ? ` There are ${amountOf(violations)} such places.` : ''
  const pointer = first?.pointer.replace(/^\/body/, '') ?? ''
  const place = pointer === '' ? `${path}#` : placeOf(path, lineOf(text, pointer), pointer)
  const meant = first?.suggestion === undefined ? '' : ` Did you mean ${first.suggestion}?`
  return new StateFileError(`${place} must be ${first?.expected}.${meant}${more} ${REMEDY}`)
}

const placeOf = (path: string, line: number, pointer: string) => `${path}, line ${line}: #${pointer}`

const refused = (place: string, why: string) => new StateFileError(`${place} ${why}. ${REMEDY}`)

const REMEDY = 'It was left as it is; fix or remove it.'
