import { isSecretPointer } from '../../http/redaction/redaction.ts'
import { HIDDEN } from '../../http/redaction/secret-values.ts'
import { equalJson } from '../../openapi/equal-json.ts'
import { pointerTo, valueAt } from '../../openapi/json-pointer.ts'
import type { components } from '../admin/generated/admin.ts'
import type { RequestHeaders } from '../exchange/request.ts'
import { splitTarget } from '../exchange/request-target.ts'
import type { Exchange } from './exchange.ts'

type Schemas = components['schemas']

/** The properties that a request must have to match. All that are given must hold; an empty pattern matches every request. */
export type Criteria = Schemas['Criteria']

/** One way in which a request differs from a pattern. `pointer` is a JSON Pointer into the pattern. */
export type Difference = Schemas['Difference']

/** The head of a request, as patterns look at it. */
export interface RequestHead {
  readonly operationId?: string | undefined
  readonly method: string
  readonly path: string
  /** The query, without its question mark. */
  readonly search: string
  readonly headers: RequestHeaders
}

/** The differences of a request that was answered; none if it matches. */
export function differences(pattern: Criteria, exchange: Exchange): Difference[] {
  const { operationId, method, target, requestHeaders: headers, requestValue, status, violations } = exchange
  return [
    ...headDifferences(pattern, { operationId, method, ...splitTarget(target), headers }),
    ...bodyDifferences(pattern, requestValue),
    ...compare('/status', pattern.status, status),
    ...compare('/violations', pattern.violations?.toSorted(), violations.map(({ pointer }) => pointer).sort()),
  ]
}

/** The differences of everything that comes before the body. */
export function headDifferences(
  { operationId, method, path, headers = {}, query = {} }: Criteria,
  request: RequestHead,
): Difference[] {
  return [
    ...compare('/operationId', operationId, request.operationId),
    ...compare('/method', method?.toUpperCase(), request.method),
    ...compare('/path', path, request.path),
    ...Object.entries(headers).flatMap(([name, value]) =>
      compare(pointerTo('/headers', name), value, headerOf(request.headers, name)),
    ),
    ...queryDifferences(Object.entries(query), request.search),
  ]
}

/** A name may come more than once; one of its values must be the one in the pattern. */
function queryDifferences(query: readonly (readonly [name: string, value: string])[], search: string): Difference[] {
  if (query.length === 0) return []
  const received = new URLSearchParams(search)
  return query.flatMap(([name, value]) => {
    const values = received.getAll(name)
    if (values.includes(value)) return []
    return compare(pointerTo('/query', name), value, values.length > 1 ? values : values[0])
  })
}

/** The differences of the decoded body; undefined for a request without one, or with one that cannot be decoded. */
export function bodyDifferences({ body = [] }: Criteria, value: unknown): Difference[] {
  return body.flatMap(({ pointer, equals }, index) =>
    compare(`/body/${index}`, equals, valueAt(value, pointer), pointer),
  )
}

/** The number of properties that a pattern asks for. */
export function sizeOf({ headers = {}, query = {}, body = [], ...rest }: Criteria): number {
  return Object.keys(headers).length + Object.keys(query).length + body.length + Object.keys(rest).length
}

/** `label` is the pointer that tells whether the values are secrets. */
function compare(pointer: string, expected: unknown, received: unknown, label = pointer): Difference[] {
  if (expected === undefined || equalJson(expected, received)) return []
  const secret = isSecretPointer(label)
  return [
    {
      pointer,
      expected: secret ? HIDDEN : expected,
      ...(received !== undefined && { received: secret ? HIDDEN : received }),
    },
  ]
}

function headerOf(headers: RequestHeaders, name: string): string | undefined {
  const key = name.toLowerCase()
  const value = Object.hasOwn(headers, key) ? headers[key] : undefined
  return typeof value === 'object' ? value.join(', ') : value
}
