import { type CurlStyle, curlCommand, KEY_VARIABLE, withKeyVariable } from '../http/curl.ts'
import type { Request } from './interaction.ts'

/** Prints the head of the answer too. */
const STYLE: CurlStyle = { options: ['-i'], data: '--data-binary', impliesMethod: true, urlFirst: true }

/** The request as a command for a POSIX shell. The key is written as a variable. */
export function toCurl(request: Request, baseUrl: string, redact: (text: string) => string): string {
  const { method, path, headers, body } = request
  const clean = (text: string) => withKeyVariable(redact(text))
  const command = {
    method,
    url: clean(`${baseUrl}${path}`),
    headers: Object.entries(headers).map(([name, value]) => [name, headerValue(name, value, request, clean)] as const),
    ...(body && { body: clean(body.toString()) }),
  }
  return curlCommand(command, STYLE)
}

function headerValue(
  name: string,
  value: string,
  { shownKey }: Request,
  clean: (text: string) => ReturnType<typeof withKeyVariable>,
) {
  if (name !== 'api_key') return clean(value)
  return value === '' ? '' : { shell: shownKey ?? KEY_VARIABLE }
}
