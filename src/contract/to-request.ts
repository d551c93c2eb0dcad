import { writeJson } from '../http/json-value.ts'
import type { Operation } from '../openapi/operation.ts'
import type { Interaction, Request } from './interaction.ts'
import type { Sending } from './sending.ts'

/** The request as it is sent, with the right key where the operation is secured. */
export function toRequest(operation: Operation, sending: Sending, key: string | undefined): Request {
  const { json, type, accept, query, headers } = sending
  const given = sending.key ?? { value: key ?? null }
  const isKeyed = typeof given.value === 'string' && (operation.secured || sending.key !== undefined)
  const body = sending.body ?? (json === undefined ? undefined : writeJson(json))
  const contentType = type ?? (json === undefined ? undefined : 'application/json')
  const path = sending.at ?? fillPath(operation.path, sending.path ?? {})
  return {
    method: sending.method ?? operation.method,
    path: (sending.spell?.(path) ?? path) + (query === undefined ? '' : `?${query}`),
    headers: {
      ...(accept !== undefined && { Accept: accept }),
      ...(contentType !== undefined && { 'Content-Type': contentType }),
      ...(isKeyed && { api_key: given.value ?? '' }),
      ...headers,
    },
    ...(body !== undefined && { body: Buffer.from(body) }),
    ...(sending.chunks && { chunks: sending.chunks }),
    ...(sending.key?.shown && { shownKey: sending.key.shown }),
  }
}

const fillPath = (template: string, values: Readonly<Record<string, string | number>>) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name] ?? 'missing')))

type Intent = Omit<Interaction, 'answer' | 'failure' | 'ms' | 'value' | 'problems' | 'bodyBreaches' | 'headerBreaches'>

/** All of an interaction that is known before its answer. */
export function toIntent(
  operation: Operation,
  request: Request,
  { expect = 'success', about = '', json, body, path, query, at }: Sending,
): Intent {
  return {
    request,
    operation: expect === 'wrong-method' || at !== undefined ? undefined : operation,
    expectation: expect,
    about: about || `valid ${operation.id}`,
    gives: [...namesIn('path', path), ...namesInQuery(query), ...namesIn('body', json), ...(body ? ['body'] : [])],
  }
}

const namesIn = (place: string, value: unknown) =>
  Array.isArray(value)
    ? [place]
    : value !== null && typeof value === 'object'
      ? Object.keys(value).map((name) => `${place} ${name}`)
      : []

const namesInQuery = (query = '') => [...new URLSearchParams(query).keys()].map((name) => `query ${name}`)
