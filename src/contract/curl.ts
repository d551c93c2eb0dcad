import type { Request } from './interaction.ts'
import { KEY_VARIABLE } from './redact.ts'

/** The request as a command for a POSIX shell. The key stands as a variable. */
export function toCurl(request: Request, baseUrl: string, redact: (text: string) => string): string {
  const { path, headers, body } = request
  const parts = [
    'curl -i',
    ...methodOption(request),
    quote(redact(`${baseUrl}${path}`)),
    ...Object.entries(headers).map(([name, value]) => headerOption(name, value, request, redact)),
    ...(body ? [`--data-binary ${quote(redact(body.toString()))}`] : []),
  ]
  return parts.join(' ')
}

function methodOption({ method, body }: Request): string[] {
  if (method === 'HEAD') return ['-I']
  return method === 'GET' || (method === 'POST' && body) ? [] : [`-X ${method}`]
}

function headerOption(name: string, value: string, request: Request, redact: (text: string) => string): string {
  if (name !== 'api_key') return `-H ${quote(redact(`${name}: ${value}`))}`
  if (value === '') return `-H 'api_key;'`
  return `-H "api_key: ${request.shownKey ?? KEY_VARIABLE}"`
}

/** `$` stays a variable only where the key was. */
const quote = (text: string) =>
  text.includes(KEY_VARIABLE) ? `"${text.replace(/[\\"`]/g, '\\$&')}"` : `'${text.replaceAll("'", `'\\''`)}'`
