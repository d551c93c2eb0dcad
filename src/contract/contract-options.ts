import type { ProxySettings } from '../http/transport/proxy.ts'
import type { Fetch } from '../http/transport/transport.ts'
import type { ApiDocument } from '../openapi/document.ts'
import type { CleanupLine } from './cleanup-log.ts'
import type { Interaction, Request } from './interaction.ts'
import type { Depth, Mode } from './report.ts'
import type { Scenario } from './scenarios/scenario.ts'

/** The options of a run. */
export interface ContractOptions {
  /** The document that the server is held to; the one of the package by default. */
  readonly document: ApiDocument
  /** The API's address with its base path, such as `http://127.0.0.1:4010/v2`; may have a user and password. */
  readonly baseUrl: string
  /** The key that is sent as `api_key`. No report has it. */
  readonly apiKey?: string
  /** Sent with every request, for a gateway before the server; no report has their values. */
  readonly headers?: Readonly<Record<string, string>>
  /** The certificates of authorities that are trusted besides the usual ones, as PEM text. */
  readonly ca?: string
  /** The certificate of this client, as PEM text. It needs `key`. */
  readonly cert?: string
  /** The private key of `cert`, as PEM text. */
  readonly key?: string
  /** The proxies that lead to servers of http and https URLs, and the hosts that need none. */
  readonly proxy?: ProxySettings
  /** By default `full` for a server that says it is the mock, else `owned` on this machine, and `safe` elsewhere. */
  readonly mode?: Mode
  /** 1 by default. The same seed and server give the same report, except for its times. */
  readonly seed?: number
  /** Makes the names of this run's records its own, beside other runs with the same seed: small letters and digits. */
  readonly runId?: string
  /** The operationIds of the operations to check; empty or absent for all. */
  readonly only?: readonly string[]
  /** The most requests per second; by default there is no limit. */
  readonly perSecond?: number
  /** The most milliseconds for one answer; 10 seconds by default. */
  readonly timeoutMs?: number
  /** The most bytes of one answer's body, as received and as decoded; 64 MiB by default. */
  readonly maxBytes?: number
  /** The most milliseconds for the whole run; 15 minutes by default, and longer with `perSecond`. */
  readonly maxMs?: number
  /** The most milliseconds for all waits that 429 and 503 ask for; 30 seconds by default. */
  readonly waitBudgetMs?: number
  /** True if owned mode may create records that the API cannot remove. */
  readonly allowLeftovers?: boolean
  /** How much is tried; `usual` by default. `quick` leaves out what takes most requests, `thorough` tries every way on every operation. */
  readonly depth?: Depth
  /** Called with the number of requests up to the one that showed the first failure. */
  readonly onFirstFailure?: (requests: number) => void
  /** The number of random sequences; 7 by default, 60 if thorough. */
  readonly sequences?: number
  /** If given, the one sequence that is tried, as a finding names it. */
  readonly sequencePath?: string
  /** Stops the run, and the request under way; its records are removed all the same. */
  readonly signal?: AbortSignal
  /** Called with each line of the clean-up log before the write that it is about. */
  readonly journal?: (line: CleanupLine) => void
  /** Sends in place of sockets, such as `mock.fetch` for a mock of this process. */
  readonly fetch?: Fetch
  /** Called with each request that is sent. */
  readonly onRequest?: (request: Request) => void
  /** Called with each request of the plan once it is answered, with the body of the answer. */
  readonly onInteraction?: (interaction: Interaction) => void
  /** Scenarios that run after those of the plan. */
  readonly further?: readonly Scenario[]
  /** Called as each scenario begins: its name, the number of those before it, and the number of all. */
  readonly progress?: (name: string, done: number, all: number) => void
  /** Flags of the command that printed commands repeat, each ready for a shell: those that name files. */
  readonly fileFlags?: readonly string[]
  /** The file that `journal` writes, to be named in the report. */
  readonly cleanupLog?: string
  /** The document's path in the user's repository, for reports that point into files; none for the packaged one. */
  readonly documentFile?: string
  /** Returns the time in milliseconds since 1970; `Date.now` by default. */
  readonly now: () => number
}
