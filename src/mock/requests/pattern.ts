import { isDeepStrictEqual } from 'node:util'
import { HIDDEN, SECRET } from '../../http/redaction/secret.ts'
import { pointerTo, valueAt } from '../../openapi/json-pointer.ts'
import type { Exchange } from './exchange.ts'

/** What a request must have to be meant. All that is given must hold; nothing given means every request. */
export interface Criteria {
  readonly operationId?: string
  readonly method?: string
  /** The path below the host, without the query, such as `/v2/pet/1`. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: readonly BodyCriterion[]
  readonly status?: number
  /** JSON Pointers into the request at which the document was violated; none given in an empty list means no violation. */
  readonly violations?: readonly string[]
}

/** A place in the decoded body and what must stand there. */
export interface BodyCriterion {
  readonly pointer: string
  readonly equals: unknown
}

/** One way in which a request is not what was asked for. */
export interface Difference {
  /** A JSON Pointer into the criteria. */
  readonly pointer: string
  readonly expected: unknown
  readonly received?: unknown
}

/** How a request differs from the criteria; empty where it is meant. */
export function differences(criteria: Criteria, exchange: Exchange): Difference[] {
  const { operationId, method, path, headers = {}, query = {}, body = [], status, violations } = criteria
  const [ownPath = '', search = ''] = exchange.target.split('?')
  const received = new URLSearchParams(search)
  return [
    compare('/operationId', operationId, exchange.operationId),
    compare('/method', method?.toUpperCase(), exchange.method),
    compare('/path', path, ownPath),
    ...Object.entries(headers).map(([name, value]) =>
      compare(pointerTo('/headers', name), value, headerOf(exchange, name), isSecret(name)),
    ),
    ...Object.entries(query).map(([name, value]) =>
      compare(pointerTo('/query', name), value, received.get(name) ?? undefined, isSecret(name)),
    ),
    ...body.map(({ pointer, equals }, index) =>
      compare(`/body/${index}`, equals, valueAt(exchange.requestValue, pointer), isSecret(pointer)),
    ),
    compare('/status', status, exchange.status),
    compare(
      '/violations',
      violations && [...violations].sort(),
      exchange.violations.map(({ pointer }) => pointer).sort(),
    ),
  ].flat()
}

/** How many things the criteria ask for. */
export function sizeOf({ headers = {}, query = {}, body = [], ...rest }: Criteria): number {
  return Object.keys(headers).length + Object.keys(query).length + body.length + Object.keys(rest).length
}

function compare(pointer: string, expected: unknown, received: unknown, secret = false): Difference[] {
  if (expected === undefined || isDeepStrictEqual(expected, received)) return []
  return [
    {
      pointer,
      expected: secret ? HIDDEN : expected,
      ...(received !== undefined && { received: secret ? HIDDEN : received }),
    },
  ]
}

function headerOf({ requestHeaders }: Exchange, name: string): string | undefined {
  const value = requestHeaders[name.toLowerCase()]
  return Array.isArray(value) ? value.join(', ') : value
}

const isSecret = (name: string) => SECRET.test(name) || /authorization|cookie/i.test(name)
