import type { Answer } from '../../http/answers/answer.ts'
import { bytesOf, bytesOfLatin1 } from '../../http/bytes.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { createMatcher, type Matcher } from '../../openapi/match.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import { checkAnswer } from './check-answer.ts'
import { follow } from './follow.ts'
import { createKnowledge, emptyStore, type Knowledge } from './knowledge.ts'
import { createMemo } from './memo.ts'
import { acceptOf, readParts } from './passing.ts'
import { createRecorder, type Recorder } from './recorder.ts'

/** The records that an HTTP archive shows. */
export interface ImportedHar {
  readonly knowledge: Knowledge
  readonly recorder: Recorder
  /** How many entries are requests of the API, and how many are in the archive. */
  readonly used: number
  readonly entries: number
}

/** Bytes of one answer in an archive. */
const MAX_BYTES = 100 * 1024 * 1024

/** Reads an HTTP archive, such as that of a browser; undefined if it is none. Entries of other addresses are passed over. */
export async function importHar(har: unknown, document: ApiDocument): Promise<ImportedHar | undefined> {
  const entries: unknown = memberOf(memberOf(har, 'log'), 'entries')
  if (!Array.isArray(entries)) return undefined
  const knowledge = createKnowledge(() => Number.POSITIVE_INFINITY)
  const recorder = createRecorder()
  const memo = createMemo()
  const session = { store: emptyStore(), start: emptyStore() }
  const match = matcherBelow(document.operations)
  let used = 0
  for (const entry of entries) {
    const found = readEntry(entry, match)
    if (found === undefined) continue
    used += 1
    const { matched, answer, bytes } = found
    recorder.noteSecrets(matched.request.headers)
    const parts = await readParts({ document }, matched, bytes)
    const { method } = matched.request
    const asked = { method, accept: acceptOf(matched.request), isValid: parts.violations.length === 0 }
    const checked = await checkAnswer(document, matched.operation, asked, answer, MAX_BYTES)
    follow({ side: { knowledge, recorder, memo }, session, hasRoom: () => true, matched, parts, answer, checked })
  }
  return { knowledge, recorder, used, entries: entries.length }
}

interface ReadEntry {
  readonly matched: MatchedRequest
  readonly answer: Answer
  readonly bytes: Uint8Array
}

/** The request and the answer of an entry; undefined if it is none of the API, or has no body though it should. */
function readEntry(entry: unknown, match: Matcher): ReadEntry | undefined {
  const [request, response] = [memberOf(entry, 'request'), memberOf(entry, 'response')]
  const [method, url] = [memberOf(request, 'method'), memberOf(request, 'url')]
  if (typeof method !== 'string' || typeof url !== 'string' || !URL.canParse(url)) return undefined
  const { pathname, search } = new URL(url)
  const found = match(method, pathname)
  const answer = answerOf(response)
  if (found.kind !== 'operation' || answer === undefined) return undefined
  const bytes = bytesOf(textIn(memberOf(memberOf(request, 'postData'), 'text')))
  const headers = { ...headersOf(memberOf(request, 'headers')), ...typeOf(memberOf(request, 'postData')) }
  const target = { path: pathname, search: search.slice(1) }
  const value = { method, target: pathname + search, headers, body: async () => bytes }
  return {
    matched: { ...found, request: value, target, body: () => Promise.reject(new Error('not read')) },
    answer,
    bytes,
  }
}

/** Finds the operation of a path, whatever the base path before it: only as many of its last segments count as a path has. */
function matcherBelow(operations: readonly Operation[]): Matcher {
  const match = createMatcher(operations)
  const most = Math.max(...operations.map(({ path }) => path.split('/').length - 1))
  return (method, pathname) => {
    const segments = pathname.split('/')
    for (let count = Math.min(most, segments.length - 1); count > 0; count--) {
      const found = match(method, `/${segments.slice(-count).join('/')}`)
      if (found.kind === 'operation') return found
    }
    return { kind: 'unknown-path' }
  }
}

function answerOf(response: unknown): Answer | undefined {
  const status = memberOf(response, 'status')
  const content = memberOf(response, 'content')
  const text = memberOf(content, 'text')
  if (typeof status !== 'number' || status < 100 || status > 599) return undefined
  const bytes = textIn(text)
  const { 'content-encoding': _undone, ...headers } = headersOf(memberOf(response, 'headers'))
  const isBase64 = memberOf(content, 'encoding') === 'base64'
  return {
    status,
    headers: { ...typeOf(content), ...headers },
    bytes: Buffer.from(isBase64 ? bytesOfLatin1(decodeBase64(bytes)) : bytesOf(bytes)),
  }
}

function decodeBase64(text: string): string {
  try {
    return atob(text)
  } catch {
    return ''
  }
}

const textIn = (value: unknown) => (typeof value === 'string' ? value : '')

function typeOf(content: unknown): Record<string, string> {
  const type = memberOf(content, 'mimeType')
  return typeof type === 'string' && type !== '' ? { 'content-type': type } : {}
}

/** Header names in lower case; those of HTTP/2 that begin with a colon are none. */
function headersOf(list: unknown): Record<string, string> {
  const pairs = Array.isArray(list) ? list : []
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const [name, value] = [memberOf(pair, 'name'), memberOf(pair, 'value')]
      return typeof name === 'string' && !name.startsWith(':') ? [[name.toLowerCase(), textIn(value)]] : []
    }),
  )
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
