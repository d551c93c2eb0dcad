import { base64Of, strictTextOf } from './bytes.ts'
import { isPrintable } from './printable.ts'
import { printfFormat, quoted, shellWord } from './shell-word.ts'

/** The variable that stands for the API key in commands. */
export const KEY_VARIABLE = '$INBOXES_API_KEY'

/** A word between double quotes that a shell reads. Our own code writes it whole: no text of others stands in it. */
export interface ShellText {
  readonly shell: string
}

/** A request to write as a command of curl. Texts are sent as they are; no shell reads anything into them. */
export interface CurlRequest {
  readonly method: string
  readonly url: string
  /** A header with null is one that curl would add and must not. */
  readonly headers: readonly (readonly [name: string, value: string | ShellText | null])[]
  /** Bytes that are no text come from base64. */
  readonly body?: string | Uint8Array
}

/** The differences between commands that are read by people and commands that send the very same bytes. */
export interface CurlStyle {
  readonly options: readonly string[]
  readonly data: '--data-raw' | '--data-binary'
  /** True leaves a method out that curl takes by itself. */
  readonly impliesMethod: boolean
  readonly urlFirst: boolean
}

/** The request as a command for a POSIX shell. */
export function curlCommand(request: CurlRequest, { options, data, impliesMethod, urlFirst }: CurlStyle): string {
  const { before, flags } = bodyOf(request.body, data)
  const url = quoted(printableUrl(request.url))
  const method = impliesMethod && isImplied(request) ? [] : [methodFlag(request.method)]
  const headers = request.headers.map(([name, value]) => headerFlag(name, value))
  const words = urlFirst ? [url, ...headers, ...flags] : [...headers, ...flags, url]
  return [...before, 'curl', ...options, ...method, ...words].join(' ')
}

const methodFlag = (method: string) => (method === 'HEAD' ? '-I' : `-X ${shellWord(method)}`)

const isImplied = ({ method, body }: CurlRequest) => method === 'GET' || (method === 'POST' && body !== undefined)

/** A header without a value ends in a semicolon; one that ends in a colon is not sent. */
function headerFlag(name: string, value: string | ShellText | null): string {
  if (value === null) return `-H ${quoted(`${name}:`)}`
  if (value === '') return `-H ${quoted(`${name};`)}`
  if (typeof value === 'string') return `-H ${quoted(`${name}: ${value}`)}`
  return /^[\w-]+$/.test(name) ? `-H "${name}: ${value.shell}"` : `-H ${quoted(`${name}: `)}"${value.shell}"`
}

/** A body with line breaks or unprintable characters is piped: it stands on one line, and keeps those at its end. */
function bodyOf(body: CurlRequest['body'], data: CurlStyle['data']) {
  if (body === undefined) return { before: [], flags: [] }
  const text = typeof body === 'string' ? body : strictTextOf(body)
  if (text === undefined && typeof body !== 'string')
    return { before: [`echo ${base64Of(body)} | base64 -d |`], flags: [PIPED] }
  return textBodyOf(text ?? '', data)
}

function textBodyOf(text: string, data: CurlStyle['data']) {
  if (!isPrintable(text)) return { before: [`printf ${printfFormat(text)} |`], flags: [PIPED] }
  // With `--data-binary`, a text that starts with @ names a file.
  return { before: [], flags: [text.startsWith('@') ? '--data-raw' : data, quoted(text)] }
}

const PIPED = '--data-binary @-'

/** Unprintable characters in a URL are percent-encoded, which is what the server reads anyway. */
const printableUrl = (url: string) =>
  isPrintable(url)
    ? url
    : Array.from(url, (character) => (isPrintable(character) ? character : encode(character))).join('')

/** A character of a request target is one byte; what is above U+00FF came otherwise. */
function encode(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code > 0xff) return encodeURIComponent(/\p{Cs}/u.test(character) ? '\uFFFD' : character)
  return `%${code.toString(16).toUpperCase().padStart(2, '0')}`
}
