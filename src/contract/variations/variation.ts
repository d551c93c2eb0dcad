import type { Operation } from '../../openapi/operation.ts'
import type { Expectation } from '../interaction.ts'
import type { Sending } from '../sending.ts'

/** The demand of the reference and of HTTP on a request that is sent in another way than the plain one. */
export type Demand =
  /** It says the same as the plain request, in a valid spelling: it must succeed if that does. */
  | 'accepted'
  /** It is no valid request: it must be refused, and nothing may be carried out. */
  | 'refused'
  /** Its path names no record, and may be invalid: it must not be found, nor carried out. */
  | 'nowhere'
  /** Its path names another record, which may be there: it must not show the plain one. */
  | 'another'
  /** It has no right key: every answer but a success is right, and nothing may be carried out. */
  | 'closed'
  /** The reference leaves it open: it may be taken, whole, or refused. It must not make the server fail. */
  | 'open'

/** A valid request to an operation, about records that the mode may touch. */
export interface Plain {
  readonly operation: Operation
  readonly sending: Sending
  /** The key of the run; undefined if there is none. */
  readonly key: string | undefined
  /** True if its record is there, so that it should succeed. */
  readonly isThere: boolean
  /** The body before it is written; undefined if there is none. */
  readonly record?: unknown
}

/** The difference to the plain request. */
export interface Change {
  readonly path?: NonNullable<Sending['path']>
  readonly key?: NonNullable<Sending['key']>
  readonly headers?: Readonly<Record<string, string>>
  /** Added to the query. */
  readonly query?: string
  readonly accept?: string
  readonly type?: string
  readonly body?: string | Buffer
  readonly chunks?: (body: Uint8Array) => Uint8Array
  readonly method?: string
  readonly spell?: (path: string) => string
}

/** One way to send a request; a row of a table. */
export interface Variation {
  readonly about: string
  readonly demand: Demand
  /** True if a server that takes an open request must store all of it, as it says the same as the plain one. */
  readonly isWhole?: true
  /** A text that no record may show afterwards, though the request is taken. */
  readonly unwanted?: string
  /** True if a usual run tries it on one operation only, by turns; a thorough run tries it on all. */
  readonly isRare?: true
  /** The difference to the plain request; undefined if the operation has no such way. */
  readonly change: (plain: Plain) => Change | undefined
}

const EXPECTATIONS: Readonly<Record<Demand, Expectation>> = {
  accepted: 'success',
  refused: 'refused',
  nowhere: 'missing-or-invalid',
  another: 'any',
  closed: 'closed',
  open: 'any',
}

/** The plain request in another way; undefined if the operation has no such way. */
export function vary({ about, demand, change }: Variation, plain: Plain): Sending | undefined {
  const changed = change(plain)
  if (changed === undefined) return undefined
  const { spell, query, headers, body, ...rest } = changed
  const { json, ...sending } = NO_BODY.includes(changed.method ?? '') ? withoutBody(plain.sending) : plain.sending
  const plainBody = json === undefined ? {} : { json }
  const asJson = json === undefined ? {} : { type: 'application/json' }
  return {
    ...sending,
    ...(body === undefined ? plainBody : { ...asJson, body }),
    ...rest,
    ...(query !== undefined && { query: [sending.query, query].filter(Boolean).join('&') }),
    headers: { ...sending.headers, ...headers },
    ...(spell && { spell }),
    about,
    expect: EXPECTATIONS[demand],
  }
}

/** Methods whose requests have no body. */
const NO_BODY = ['GET', 'HEAD']

function withoutBody({ json: _json, body: _body, type: _type, ...sending }: Sending): Sending {
  return sending
}
