import { base64Of, strictTextOf } from './bytes.ts'

/** The variable that stands for the API key in commands. */
export const KEY_VARIABLE = '$INBOXES_API_KEY'

/** A word as a shell may read it between double quotes: our own variable stands in it. */
export interface ShellText {
  readonly shell: string
}

/** A request to write as a command of curl. Texts are sent as they are; no shell reads anything into them. */
export interface CurlRequest {
  readonly method: string
  readonly url: string | ShellText
  /** A header with null is one that curl would add and must not. */
  readonly headers: readonly (readonly [name: string, value: string | ShellText | null])[]
  /** Bytes that are no text come from base64. */
  readonly body?: string | ShellText | Uint8Array
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
  const url = quoted(request.url)
  const method = impliesMethod && isImplied(request) ? [] : [methodFlag(request.method)]
  const headers = request.headers.map(([name, value]) => headerFlag(name, value))
  const words = urlFirst ? [url, ...headers, ...flags] : [...headers, ...flags, url]
  return [...before, 'curl', ...options, ...method, ...words].join(' ')
}

const methodFlag = (method: string) => (method === 'HEAD' ? '-I' : `-X ${method}`)

const isImplied = ({ method, body }: CurlRequest) => method === 'GET' || (method === 'POST' && body !== undefined)

/** A header without a value ends in a semicolon; one that ends in a colon is not sent. */
function headerFlag(name: string, value: string | ShellText | null): string {
  if (value === null) return `-H ${quoted(`${name}:`)}`
  if (value === '') return `-H ${quoted(`${name};`)}`
  return `-H ${quoted(typeof value === 'string' ? `${name}: ${value}` : { shell: `${name}: ${value.shell}` })}`
}

function bodyOf(body: CurlRequest['body'], data: CurlStyle['data']) {
  if (body === undefined) return { before: [], flags: [] }
  const text = body instanceof Uint8Array ? strictTextOf(body) : body
  if (text !== undefined && !(typeof text === 'string' && text.includes('\0')))
    return { before: [], flags: [data, quoted(text)] }
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(String(text))
  return { before: [`echo ${base64Of(bytes)} | base64 -d |`], flags: ['--data-binary @-'] }
}

/** Single quotes are read by no shell; only our own variable asks for double ones. */
const quoted = (text: string | ShellText) =>
  typeof text === 'string' ? `'${text.replaceAll("'", "'\\''")}'` : `"${text.shell}"`

/** A text in which the variable stands for the key: all else in it is escaped. Other texts stay as they are. */
export function withKeyVariable(text: string): string | ShellText {
  if (!text.includes(KEY_VARIABLE)) return text
  return { shell: text.split(KEY_VARIABLE).map(escaped).join(KEY_VARIABLE) }
}

const escaped = (text: string) => text.replace(/[\\"`$]/g, '\\$&')
