import type { Operation, Parameter } from '../app/api-document.ts'

/** The values that are typed into the form of an operation. */
export interface Attempt {
  /** By place and name, such as `path petId`. */
  readonly values: Readonly<Record<string, string>>
  readonly key: string
  readonly type: string
  readonly accept: string
  readonly body: string
  readonly file?: File
}

/** The key that the mock accepts unless it was started with another (`--api-key`). */
const DEFAULT_KEY = 'special-key'

export const nameOf = (parameter: Pick<Parameter, 'in' | 'name'>): string => `${parameter.in} ${parameter.name}`

/** The form as it is at first: filled in with the examples of the document. */
export function firstAttempt({ parameters, requestBody, responses }: Operation): Attempt {
  const [type = '', media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const accepted = Object.keys(responses['200']?.content ?? {})
  return {
    values: Object.fromEntries(parameters.map((one) => [nameOf(one), exampleText(one.example)])),
    key: DEFAULT_KEY,
    type,
    accept: accepted.find((one) => one.includes('json')) ?? accepted[0] ?? 'application/json',
    body: bodyText(type, media?.example),
  }
}

const exampleText = (example: unknown): string => (Array.isArray(example) ? example.join(',') : String(example ?? ''))

function bodyText(type: string, example: unknown): string {
  if (example === undefined) return ''
  if (type.includes('form-urlencoded') && typeof example === 'object' && example !== null)
    return new URLSearchParams(Object.entries(example).map(([name, value]) => [name, String(value)])).toString()
  return JSON.stringify(example, undefined, 2)
}

/** The target of an attempt: path parameters filled in, and query parameters that have a value. */
export function targetOf({ path, parameters }: Operation, { values }: Attempt, basePath: string): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(values[`path ${name}`] ?? ''))
  const query = parameters
    .filter((one) => one.in === 'query' && values[nameOf(one)] !== '')
    // A comma separates the items of a list, and stays as it is.
    .map(({ name }) => `${name}=${encodeURIComponent(values[`query ${name}`] ?? '').replaceAll('%2C', ',')}`)
  return `${basePath}${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** The request of an attempt. */
export function initOf(operation: Operation, attempt: Attempt, session: string): RequestInit {
  const { method, parameters, secured } = operation
  const { values, key, type, accept } = attempt
  const given = parameters.filter((one) => one.in === 'header' && values[nameOf(one)] !== '')
  const body = bodyOf(operation, attempt)
  const headers = {
    ...Object.fromEntries(given.map((one) => [one.name, values[nameOf(one)] ?? ''])),
    ...(secured && key !== '' && { api_key: key }),
    ...(accept !== '' && { Accept: accept }),
    // The browser writes the type of a form with its boundary.
    ...(body !== undefined && !(body instanceof FormData) && { 'Content-Type': type }),
    // The default session goes without saying.
    ...(session !== 'default' && { 'X-Mock-Session': session }),
  }
  return { method, headers, ...(body !== undefined && { body }) }
}

function bodyOf({ requestBody }: Operation, { type, body, file }: Attempt): BodyInit | undefined {
  if (!requestBody) return undefined
  if (!type.startsWith('multipart/')) return body === '' && !requestBody.required ? undefined : body
  const form = new FormData()
  if (body !== '') form.set('additionalMetadata', body)
  if (file) form.set('file', file)
  return form
}
