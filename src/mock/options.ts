import type { Profile } from '../ways/profile.ts'
import type { Clock } from './clock.ts'
import { DEFAULTS } from './defaults.ts'
import type { Exchange } from './requests/exchange.ts'
import type { PackName } from './store/pack.ts'
import type { UpstreamOptions } from './upstream/upstream-options.ts'

/** How a mock differs from the default one. */
export interface MockOptions {
  readonly seed?: number
  /** How many pets the fixtures hold. */
  readonly pets?: number
  readonly apiKeys?: readonly string[]
  /** Where each session's clock starts, and what it follows when it is told to run; absent for real time from 2030 on. */
  readonly clock?: Clock
  /** How long a session may be idle, in milliseconds. */
  readonly sessionTtl?: number
  /** How many sessions may live beside the default one. */
  readonly maxSessions?: number
  /** How many MB all sessions together may hold. By default a quarter of the heap's limit, at most 512; in a page 128. */
  readonly memoryMb?: number
  /** Milliseconds that each answer of the API waits, from 0 to 60,000; 0 by default. The control plane never waits. */
  readonly delay?: number
  /** The fixtures to start from. */
  readonly pack?: PackName
  /** Asked for by the control plane as a Bearer token; then other machines may use it too. */
  readonly adminToken?: string
  /** Origins whose pages may use the control plane. */
  readonly adminOrigins?: readonly string[]
  /** The path of the OpenAPI document. */
  readonly document?: string
  /** The path of a profile of a server, or a profile, to behave like that server. Node alone has it. */
  readonly profile?: string | Profile
  /** The live server to stand in front of. Then the mock starts without records of its own, unless a pack is named. */
  readonly upstream?: UpstreamOptions
  /** Called once for each answered request. */
  readonly onExchange?: (exchange: Exchange) => void
  /** Called after each request that may have changed the session of this id. */
  readonly onChange?: (sessionId: string) => void
}

/** The keys of a mock, which no log, journal or report may show. */
export const keysOf = ({
  apiKeys = [DEFAULTS.apiKey],
  adminToken,
  upstream,
}: Pick<MockOptions, 'apiKeys' | 'adminToken' | 'upstream'>): string[] => [
  ...[...apiKeys, upstream?.key ?? ''].filter((key) => key !== DEFAULTS.apiKey),
  ...(adminToken === undefined ? [] : [adminToken]),
]
