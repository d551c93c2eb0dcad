import type { Profile } from '../ways/profile.ts'
import type { Clock } from './clock.ts'
import { DEFAULTS } from './defaults.ts'
import type { Exchange } from './requests/exchange.ts'
import type { PackName } from './store/pack.ts'
import type { UpstreamOptions } from './upstream/upstream-options.ts'

/** How a mock differs from the default one. */
export interface MockOptions {
  /** The seed of all that is random, a whole number from 0 to 4294967295; 1 by default. The same seed and requests give the same bytes. */
  readonly seed?: number
  /** The number of pets in the `default` pack; 10 by default, at most 1000000. */
  readonly pets?: number
  /** The keys that requests may have in their `api_key` header; `special-key` alone by default. */
  readonly apiKeys?: readonly string[]
  /** The clock that each session starts from, in milliseconds since 1970. By default sessions start at 2030-01-01 and follow real time. */
  readonly clock?: Clock
  /** The milliseconds that a session may be idle before it ends; 3600000 by default, an hour. */
  readonly sessionTtl?: number
  /** The number of sessions that may live beside the default one; 1000 by default. */
  readonly maxSessions?: number
  /** The memory that all sessions together may hold, in MB. By default a quarter of the heap's limit, at most 512; in a page 128. */
  readonly memoryMb?: number
  /** Milliseconds that each answer of the API waits, from 0 to 60,000; 0 by default. The control plane never waits. */
  readonly delay?: number
  /** The pack of seed data to start from, such as `empty`. By default `default`, with `pets` pets. */
  readonly pack?: PackName
  /** The Bearer token that the control plane asks for; then other machines may use it too. By default there is none. */
  readonly adminToken?: string
  /** The origins whose pages may use the control plane, such as `http://localhost:3000`. By default there are none. */
  readonly adminOrigins?: readonly string[]
  /** False to leave out the page at the root, which shows the mock; then a plain list stands there. Node alone has it. */
  readonly ui?: boolean
  /** The path of another version of the OpenAPI document, as YAML or JSON. By default the one of the package. */
  readonly document?: string
  /** The path of a profile of a server, or a profile, to behave like that server. Node alone has it. */
  readonly profile?: string | Profile
  /** True if answers take the time that the profile gives them; false by default. */
  readonly latency?: boolean
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
