import { plainText } from '../openapi/plain-text.ts'
import type { Request } from './interaction.ts'
import type { Mode } from './report.ts'

/** The engine was about to send a request that its mode forbids: a defect of the engine, not of the server. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
}

/** True if the request may be sent. */
export type Guard = (request: Request) => boolean

/** The records that a run may write to in owned mode. */
export interface Ownership {
  /** The prefix of the names of its users and domains; domains may have it in another letter case. */
  readonly prefix: string
  /** True for the path of a record that it has created. */
  readonly owns: (path: string) => boolean
}

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Ids from here on are assumed to be unused; requests for missing records use them. Some servers take 15 digits at most. */
export const NOBODYS = 2 ** 49

/** Creates the guard of a mode. It decides from the request alone, not from what a scenario says of it. */
export function createGuard(mode: Mode, ownership: Ownership): Guard {
  const allows = (request: Request) =>
    READING.includes(request.method) || (mode === 'owned' && isOwned(request, ownership))
  return (request) => mode === 'full' || methodsOf(request).every((method) => allows({ ...request, method }))
}

const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override']

/** The method, and those that headers name in its place: some servers follow them. */
const methodsOf = ({ method, headers }: Request): string[] => [
  method,
  ...Object.entries(headers).flatMap(([name, value]) => (OVERRIDES.includes(name.toLowerCase()) ? [value] : [])),
]

/** Says whether a write stays within the run's own records. A write without a rule is forbidden. */
type Rule = (request: Request, record: string, ownership: Ownership) => boolean

const ofNobody: Rule = (_request, record) => isNobodys(record)
const createsUsers: Rule = ({ body }, _record, { prefix }) => areAll(namesIn(body, 'username'), prefix)

const RULES: readonly (readonly [method: string, path: RegExp, rule: Rule])[] = [
  ['POST', /^\/user()$/, createsUsers],
  ['POST', /^\/user\/createWithList()$/, createsUsers],
  ['PUT', /^\/user\/([^/]+)$/, (_request, record, { prefix }) => record.startsWith(prefix)],
  [
    'DELETE',
    /^\/user\/([^/]+)$/,
    (_request, record, { prefix, owns }) => record.startsWith(prefix) || owns(`/user/${encodeURIComponent(record)}`),
  ],
  ['POST', /^\/store\/order()$/, ({ body }) => namesIn(body, 'id').length === 0],
  [
    'DELETE',
    /^\/store\/order\/([^/]+)$/,
    (_request, record, { owns }) => isNobodys(record) || owns(`/store/order/${record.split('.')[0]}`),
  ],
  [
    'POST',
    /^\/domain()$/,
    ({ body }, _record, { prefix }) =>
      namesIn(body, 'name').every((name) => typeof name !== 'string' || begins(name, prefix)),
  ],
  ['PUT', /^\/domain()$/, ({ body }) => areNobodys(petIdsIn(body))],
  ['POST', /^\/pet\/([^/]+)$/, ofNobody],
  ['POST', /^\/pet\/([^/]+)\/uploadImage$/, ofNobody],
  ['DELETE', /^\/pet\/([^/]+)$/, ofNobody],
]

function isOwned(request: Request, ownership: Ownership): boolean {
  const path = request.path.split('?')[0] ?? ''
  const [, pattern, rule] = RULES.find(([method, pattern]) => method === request.method && pattern.test(path)) ?? []
  const record = pattern?.exec(path)?.[1] ?? ''
  return rule?.(request, readable(record), ownership) ?? false
}

const begins = (name: string, prefix: string) => name.toLowerCase().startsWith(prefix.toLowerCase())

/** True if there is at least one name, and all names have the prefix. */
const areAll = (names: readonly unknown[], prefix: string) =>
  names.length > 0 && names.every((name) => typeof name === 'string' && name.startsWith(prefix))

const isNobodys = (record: string) => /^\d+$/.test(record) && Number(record) >= NOBODYS

const areNobodys = (ids: readonly unknown[]) => ids.length > 0 && ids.every((id) => isNobodys(plainText(id)))

/** The values of a field in an object or a list of objects. A body that is not JSON is searched as text. */
function namesIn(body: Buffer | undefined, field: string): unknown[] {
  const text = body?.toString() ?? ''
  try {
    const records: unknown[] = [JSON.parse(text)].flat()
    return records.map((record) => Object(record)[field]).filter((value) => value !== undefined)
  } catch {
    return [...text.matchAll(new RegExp(`"${field}":"?([^",}]*)`, 'g'))].map(([, value]) => value)
  }
}

const petIdsIn = (body: Buffer | undefined): unknown[] => {
  const element = /<id>\s*(\d+)\s*<\/id>/.exec(body?.toString() ?? '')
  return element ? [element[1]] : namesIn(body, 'id')
}

function readable(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
