import type { ProxySettings } from '../../http/transport/proxy.ts'

/**
 * The ways of treating requests. `read`: reads go to the live server, writes stay in the session. `check`: everything goes there, is
 * validated, and nothing is kept. `full`: everything goes there, and the store follows.
 */
export const UPSTREAM_MODES = ['read', 'check', 'full'] as const
export type UpstreamMode = (typeof UPSTREAM_MODES)[number]

/** Fields of users that a recording has faker values for, unless they are kept. */
export const SCRUBBED_FIELDS = ['password', 'email', 'phone', 'firstName', 'lastName'] as const
export type ScrubbedField = (typeof SCRUBBED_FIELDS)[number]

/** The live server that a mock stands in front of, and how. */
export interface UpstreamOptions {
  /** Its URL, with its base path. Redirects are not followed. */
  readonly url: string
  /** `read` by default. */
  readonly mode?: UpstreamMode
  /** Operations that go to the live server whatever the mode says. */
  readonly pass?: readonly string[]
  /** Operations that the mock answers whatever the mode says. */
  readonly mock?: readonly string[]
  /** The key of the live server, sent in place of a key that the mock accepts. No output shows it. */
  readonly key?: string
  /** Sends the client's own key. Then any key is accepted: the live server decides. */
  readonly clientKey?: boolean
  /** Answers 502 in place of an answer that breaks the document. */
  readonly strict?: boolean
  /** An authority to trust besides the usual ones, as PEM. */
  readonly ca?: string
  /** Proxies to the live server. */
  readonly proxy?: ProxySettings
  /** The milliseconds from a request to the last byte of its answer; 10,000 by default. */
  readonly timeoutMs?: number
  /** The most bytes of an answer, as received and as decoded; 10 MiB by default. */
  readonly maxBytes?: number
  /** Fields of users that a recording shows as they are. */
  readonly keep?: readonly ScrubbedField[]
}

export const UPSTREAM_DEFAULTS = { timeoutMs: 10_000, maxBytes: 10 * 1024 * 1024 } as const
