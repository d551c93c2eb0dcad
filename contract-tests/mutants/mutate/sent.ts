import { pick, type Stream } from '../../../fixtures/stream.ts'
import type { Step, Wanted } from './step.ts'
import { happens } from './words.ts'

export const JSON_TYPE = 'application/json'
export const XML_TYPE = 'application/xml'
export const FORM_TYPE = 'application/x-www-form-urlencoded'

type Headers = Readonly<Record<string, string>>

/** The right key, in one of the letter cases that a header may have. */
export const withKey = (stream: Stream): Headers => ({
  [pick(stream, ['api_key', 'api_key', 'Api_Key', 'API_KEY'])]: 'special-key',
})

/** No key, or one that is not right (decisions: 401 or 403). */
export const withoutKey = (stream: Stream): Headers =>
  pick<Headers>(stream, [
    {},
    { api_key: '' },
    { api_key: 'wrong' },
    { api_key: 'Special-Key' },
    { api_key: 'special-key1' },
    { api_key: 'special-ke' },
    { api_key: 'constructor' },
    { api_key: 'special-key, special-key' },
    { Authorization: 'Bearer special-key' },
    { Cookie: 'api_key=special-key' },
    { 'X-Api-Key': 'special-key' },
  ])

/** Values of `Accept` with the type that they prefer; where none is preferred, the server chooses (RFC 9110, section 12.5.1). */
const ACCEPTS: readonly (readonly [accept: string, wants: Wanted])[] = [
  [JSON_TYPE, JSON_TYPE],
  [XML_TYPE, XML_TYPE],
  ['*/*', 'either'],
  ['application/*', 'either'],
  [`${JSON_TYPE}, ${XML_TYPE}`, 'either'],
  [`${XML_TYPE};q=0.5, ${JSON_TYPE}`, JSON_TYPE],
  [`${JSON_TYPE};q=0.5,${XML_TYPE}`, XML_TYPE],
  [`${XML_TYPE};q=0.9, ${JSON_TYPE};q=0.1`, XML_TYPE],
  [`${XML_TYPE};q=0, */*`, JSON_TYPE],
  [`${JSON_TYPE};q=0, */*`, XML_TYPE],
  [`*/*;q=0.1, ${XML_TYPE}`, XML_TYPE],
  [`application/*;q=0.2, ${JSON_TYPE};q=0.3`, JSON_TYPE],
  ['text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8', XML_TYPE],
  ['APPLICATION/XML', XML_TYPE],
  [`${XML_TYPE} ; q=1.0 , ${JSON_TYPE} ; q=0.999`, XML_TYPE],
  [`text/plain, ${XML_TYPE}`, XML_TYPE],
  [`${XML_TYPE};charset=utf-8;q=0.3, ${JSON_TYPE};q=0.2`, XML_TYPE],
]

/** A value of `Accept`, often none, for an operation that answers in both types. */
export function acceptBoth(stream: Stream): { readonly headers: Headers; readonly wants: Wanted } {
  if (happens(stream, 0.3)) return { headers: {}, wants: 'either' }
  const [accept, wants] = pick(stream, ACCEPTS)
  return { headers: { Accept: accept }, wants }
}

/** The same for an operation that answers in JSON alone. */
export function acceptJson(stream: Stream): { readonly headers: Headers; readonly wants: Wanted } {
  const [accept] = pick(
    stream,
    ACCEPTS.filter(([, wants]) => wants !== XML_TYPE),
  )
  return { headers: happens(stream, 0.5) ? {} : { Accept: accept }, wants: JSON_TYPE }
}

/** Values that RFC 9110 leaves open, or that no operation can please. */
export const ODD_ACCEPTS = [
  '',
  'json',
  'text/html',
  'image/*',
  'text/xml',
  '*',
  `${XML_TYPE};q=x`,
  '*/*;q=0',
  ';',
  ',',
  'a/b/c',
]

/** Spellings of a media type that say the same (RFC 9110, section 8.3.1). */
export const typeHeader = (stream: Stream, type: string): Headers => ({
  'Content-Type': pick(stream, [
    type,
    type,
    type,
    `${type}; charset=utf-8`,
    `${type};charset=UTF-8`,
    `${type} ; charset="utf-8"`,
    type.replace('application', 'Application'),
    type.toUpperCase(),
  ]),
})

/** Media types that no operation names. */
export const OTHER_TYPES = ['text/plain', 'text/html', 'application/octet-stream', 'image/png', 'application/jsonx']

/** A whole step from its parts; `wants` is left to the server unless given. */
export const stepOf = (
  operation: string,
  [method, path]: readonly [method: string, path: string],
  rest: Partial<Omit<Step, 'body'>> & { readonly body?: Buffer | string | undefined } = {},
): Step => {
  const { headers = {}, wants = 'either', demand = 'exact', body } = rest
  return { operation, method, path, headers, wants, demand, ...(body !== undefined && { body: Buffer.from(body) }) }
}
