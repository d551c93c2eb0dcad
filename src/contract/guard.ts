import type { Request } from './exchange.ts'
import type { Mode } from './report.ts'

/** The engine was about to send what its mode forbids. That is a mistake in the engine, never in the server. */
export class GuardError extends Error {
  override readonly name = 'GuardError'
}

/** Throws a GuardError on a request that must not be sent. */
export type Guard = (request: Request) => void

const READING = ['GET', 'HEAD', 'OPTIONS']

/** What a run may write to in owned mode: names that begin with its prefix, numbers that nobody has, and ids it was given. */
export interface Ownership {
  readonly prefix: string
  readonly ids: ReadonlySet<string>
}

/** Numbers from here on are taken to belong to nobody; probes aim at them. */
export const NOBODYS = 2 ** 50

/** The guard of a mode. It stands where requests are sent and knows nothing of what the plan meant. */
export function createGuard(mode: Mode, ownership: Ownership): Guard {
  return (request) => {
    if (mode === 'full' || READING.includes(request.method)) return
    if (mode === 'owned' && isOwned(request, ownership)) return
    throw new GuardError(`${request.method} ${request.path} must not be sent in ${mode} mode.`)
  }
}

function isOwned({ path, body }: Request, { prefix, ids }: Ownership): boolean {
  const segments = (path.split('?')[0] ?? '').split('/').map(readable)
  const text = body?.toString() ?? ''
  return (
    segments.some((segment) => segment.startsWith(prefix) || ids.has(segment) || isNobodys(segment)) ||
    text.includes(prefix)
  )
}

const isNobodys = (segment: string) => /^\d+$/.test(segment) && Number(segment) >= NOBODYS

function readable(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
