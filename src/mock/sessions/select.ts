import type { Violation } from '../../openapi/api-error.ts'
import type { RequestHeaders } from '../exchange/request.ts'
import { DEFAULT_SESSION } from './sessions.ts'

/** The session of a request, and the target without the part that selects it. */
export interface Selection {
  readonly id: string
  readonly target: string
  /** Present if the id cannot be used: the request is refused where its operation is known. */
  readonly problem?: Violation
}

const NAME = 'x-mock-session'
const ID = /^[A-Za-z0-9._~-]{1,128}$/

/** Reads the session from the path (`/s/<id>/…`), else the header, else the cookie; a request that names none is for `fallback`. */
export function selectSession(target: string, headers: RequestHeaders, fallback = DEFAULT_SESSION): Selection {
  const inPath = target.startsWith('/s/') ? /^\/s\/([^/?]*)(\/.*)$/.exec(target) : null
  const id =
    inPath?.[1] ??
    headerOf(headers) ??
    cookieOf(headers.cookie === undefined ? undefined : String(headers.cookie)) ??
    fallback
  const rest = inPath?.[2] ?? target
  return ID.test(id) ? { id, target: rest } : { id: fallback, target: rest, problem: unusable(id) }
}

const unusable = (received: string): Violation => ({
  pointer: '/headers/X-Mock-Session',
  expected: '1 to 128 letters, digits or any of . _ ~ -',
  received,
})

function headerOf({ [NAME]: value }: RequestHeaders): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

function cookieOf(cookies: string | undefined): string | undefined {
  const pairs = cookies?.split(';').map((pair) => pair.trim().split('=')) ?? []
  return pairs.find(([name]) => name?.toLowerCase() === NAME)?.[1]
}
