import type { Violation } from '../../openapi/api-error.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import type { Operation, Parameter } from '../../openapi/operation.ts'
import { decodePercent } from '../../openapi/percent-encoding.ts'
import type { RequestHeaders } from '../exchange/request.ts'

/** Parameters decoded by the document. A parameter that could not be decoded is absent, and in `violations`. */
export interface Parameters {
  readonly path: Record<string, unknown>
  readonly query: Record<string, unknown>
  readonly headers: Record<string, string>
  readonly violations: readonly Violation[]
  /** Names in the query that the document does not know; they are accepted, as real servers do. */
  readonly unknownQuery: readonly string[]
}

type Decoded = { readonly value: unknown } | { readonly violation: Violation }

/** Decodes the path's segments, the query and the documented headers of a request. */
export function readParameters(
  operation: Operation,
  segments: readonly string[],
  search: string,
  headers: RequestHeaders,
): Parameters {
  const plan = planOf(operation)
  const query = search === '' ? NO_QUERY : new URLSearchParams(search)
  const path = decodeAll(plan.path, ([parameter, place]) => [
    parameter.name,
    decodeSegment(parameter, segments[place] ?? ''),
  ])
  const broken = brokenNames(search)
  const listed = decodeAll(plan.query, (parameter) => {
    const { name } = parameter
    return [name, decodeQuery(parameter, broken.includes(name) ? UNREADABLE : query.getAll(name))]
  })
  return {
    path: path.values,
    query: listed.values,
    headers: pickHeaders(plan.headers, headers),
    violations: [...path.violations, ...listed.violations],
    unknownQuery: query === NO_QUERY ? [] : unknownNames(plan, query),
  }
}

/** The parameters of an operation by their place, put in order at its first request. */
interface Plan {
  /** With the number of the segment. */
  readonly path: readonly (readonly [Parameter, number])[]
  readonly query: readonly Parameter[]
  /** Names in lower case. */
  readonly headers: readonly string[]
}

const plans = new WeakMap<Operation, Plan>()

function planOf(operation: Operation): Plan {
  const plan = plans.get(operation) ?? createPlan(operation)
  plans.set(operation, plan)
  return plan
}

function createPlan({ path, parameters }: Operation): Plan {
  const segments = path.split('/')
  const at = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place)
  return {
    path: at('path').map((parameter) => [parameter, segments.indexOf(`{${parameter.name}}`)]),
    query: at('query'),
    headers: at('header').map(({ name }) => name.toLowerCase()),
  }
}

const NO_QUERY = new URLSearchParams()

function unknownNames(plan: Plan, query: URLSearchParams): string[] {
  const known = plan.query.map(({ name }) => name)
  return [...new Set(query.keys())].filter((name) => !known.includes(name))
}

const ENCODED = 'valid percent-encoding in UTF-8'
/** Replaces values in which URLSearchParams would leave a broken escape, or U+FFFD. */
const UNREADABLE: readonly string[] = []

/** The names of the query parameters whose percent-encoding is broken. */
function brokenNames(search: string): string[] {
  if (decodePercent(search) !== undefined) return []
  const broken = search.split('&').filter((pair) => decodePercent(pair) === undefined)
  return broken.flatMap((pair) => [...new URLSearchParams(pair).keys()])
}

function decodeAll<T>(parameters: readonly T[], decode: (parameter: T) => readonly [name: string, decoded: Decoded]) {
  const values: Record<string, unknown> = {}
  const violations: Violation[] = []
  for (const parameter of parameters) {
    const [name, decoded] = decode(parameter)
    if ('violation' in decoded) violations.push(decoded.violation)
    else if (decoded.value !== undefined) values[name] = decoded.value
  }
  return { values, violations }
}

/** Integers are canonical decimals, never coerced (`1e3`, `0x10`, `007`) and never rounded; no record has a negative id. */
function decodeSegment({ name, schema }: Parameter, segment: string): Decoded {
  const refuse = (expected: string): Decoded => ({
    violation: { pointer: pointerTo('/path', name), expected, received: segment },
  })
  const text = decodePercent(segment)
  if (text === undefined) return refuse(ENCODED)
  if (schema.type !== 'integer') return { value: text }
  const isId = /^(0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(Number(text))
  return isId ? { value: Number(text) } : refuse(`a decimal integer from 0 to ${Number.MAX_SAFE_INTEGER}`)
}

/** Lists take both `a,b` and the repeated form; blank items are ignored. Other parameters come once. */
function decodeQuery({ name, schema }: Parameter, received: readonly string[]): Decoded {
  const refuse = (expected: string): Decoded => ({
    violation: { pointer: pointerTo('/query', name), expected, received },
  })
  if (received === UNREADABLE) return { violation: { pointer: pointerTo('/query', name), expected: ENCODED } }
  if (received.length === 0) return { value: undefined }
  if (schema.type === 'array') {
    const items = received.flatMap((value) => value.split(',')).map((item) => item.trim())
    const filled = items.filter((item) => item !== '')
    return filled.length > 0 ? { value: filled } : refuse('at least one value that is not blank')
  }
  return received.length === 1 ? { value: received[0] } : refuse('one value')
}

function pickHeaders(names: readonly string[], headers: RequestHeaders) {
  const picked: Record<string, string> = {}
  for (const name of names) {
    const value = headers[name]
    if (typeof value === 'string') picked[name] = value
  }
  return picked
}
