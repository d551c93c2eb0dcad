import { isDeepStrictEqual } from 'node:util'
import { HIDDEN, SECRET } from '../../http/redaction/secret.ts'
import { pointerTo, valueAt } from '../../openapi/json-pointer.ts'
import type { components } from '../admin/generated/admin.ts'
import type { Exchange } from './exchange.ts'

type Schemas = components['schemas']

/** The properties that a request must have to match. All that are given must hold; an empty pattern matches every request. */
export type Criteria = Schemas['Criteria']

/** One way in which a request differs from a pattern. `pointer` is a JSON Pointer into the pattern. */
export type Difference = Schemas['Difference']

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
