import { type CurlStyle, curlCommand, KEY_VARIABLE } from '../http/curl.ts'
import type { Hide } from '../http/redaction/secret-values.ts'
import type { Request } from './interaction.ts'
import { variableOf } from './redact.ts'

/** Prints the head of the answer too. */
const STYLE: CurlStyle = { options: ['-i'], data: '--data-binary', impliesMethod: true, urlFirst: true }

/** Characters in which curl would read sets of URLs, and segments that it would leave out. */
const READ_BY_CURL = /[[\]{}]|\/\.{1,2}(?:[/?]|$)/

/**
 * The request as a command for a POSIX shell. The header of the key has the key's variable, and so have headers that the user
 * gives for every request; elsewhere the key is hidden.
 */
export function toCurl(request: Request, baseUrl: string, hide: Hide): string {
  const { method, path, headers, body, hidden = [] } = request
  const command = {
    method,
    url: hide(`${baseUrl}${path}`),
    headers: [
      ...Object.entries(headers).map(([name, value]) => [name, headerValue(name, value, request, hide)] as const),
      ...hidden.map((name) => [name, { shell: variableOf(name) }] as const),
    ],
    ...(body && { body: bodyOf(body, hide) }),
  }
  const options = READ_BY_CURL.test(path) ? [...STYLE.options, '--globoff', '--path-as-is'] : STYLE.options
  return curlCommand(command, { ...STYLE, options })
}

function headerValue(name: string, value: string, { shownKey }: Request, hide: Hide) {
  if (name !== 'api_key') return hide(value)
  return value === '' ? '' : { shell: shownKey ?? KEY_VARIABLE }
}

/** Bytes that are no text cannot quote the key. */
function bodyOf(body: Buffer, hide: Hide): string | Uint8Array {
  const text = body.toString()
  return Buffer.from(text).equals(body) ? hide(text) : body
}
