import type { RequestListener } from 'node:http'
import type { UpstreamApi } from './mock/admin/upstream-api.ts'
import { DEFAULTS } from './mock/defaults.ts'
import { createNodeCore } from './mock/files/node-core.ts'
import { createExpressApp } from './mock/http/express-app.ts'
import { listen, type Running } from './mock/http/server.ts'
import { type InProcessMock, inProcess } from './mock/in-process.ts'
import type { MockOptions } from './mock/options.ts'
import { requireClosedRelay } from './mock/upstream/closed-relay.ts'

/** An independent mock of the Inboxes Developer API. Two in one process share nothing but the live server that both name. */
export interface Mock extends InProcessMock {
  /** The Express app. It is typed as a listener, so that the types of Express are not needed. */
  readonly app: RequestListener
  /** The live server behind the mock; undefined if the options name none. */
  readonly upstream: UpstreamApi | undefined
  /** Serves on loopback and a free port unless told otherwise. With a live server, other hosts need an `adminToken`. */
  listen(where?: ListenOptions): Promise<Running>
}

/** The address to serve at. */
export interface ListenOptions {
  /** The host name or IP address to listen on. By default `127.0.0.1`, which only this machine reaches. */
  readonly host?: string
  /** The TCP port, 0 to 65535. By default 0, which takes a free one. */
  readonly port?: number
}

/** Makes a mock. Throws a DocumentError if the document cannot be used. */
export function createMock(options: MockOptions = {}): Mock {
  const core = createNodeCore(options)
  const app = createExpressApp(core)
  return Object.assign(inProcess(core), {
    app,
    upstream: core.live?.control,
    listen: async ({ host = DEFAULTS.host, port = 0 } = {}) => {
      requireClosedRelay(options, host)
      return closing(await listen(app, { host, port, basePath: core.basePath }), () => core.live?.close())
    },
  } satisfies Pick<Mock, 'app' | 'upstream' | 'listen'>)
}

/** Ends more than the server when it closes. */
const closing = (running: Running, end: () => void): Running => ({
  ...running,
  close: async () => {
    await running.close()
    end()
  },
})

export type {
  Recording,
  UpstreamApi,
  UpstreamChange,
  UpstreamState,
  UpstreamViolations,
} from './mock/admin/upstream-api.ts'
export { type Clock, fixedClock, REFERENCE_DATE, type SettableClock } from './mock/clock.ts'
export type { MockFetch } from './mock/doors.ts'
export type { BreakWay, Fault, FaultInput, FaultMatch, FaultStep } from './mock/faults/fault.ts'
export type { Faults } from './mock/faults/faults.ts'
export type { Running } from './mock/http/server.ts'
export type { MockOptions } from './mock/options.ts'
export type { Coverage, CoverageCell } from './mock/requests/coverage.ts'
export type { JournalEntry } from './mock/requests/entry.ts'
export type { Exchange, ExchangeSummary, UpstreamNote, UpstreamViolation } from './mock/requests/exchange.ts'
export type { Journal } from './mock/requests/journal.ts'
export type { Criteria } from './mock/requests/pattern.ts'
export type { NearMiss, Verdict, Verification } from './mock/requests/verify.ts'
export type { Session } from './mock/sessions/session.ts'
export type { Standing } from './mock/sessions/sessions.ts'
export type { Snapshots } from './mock/sessions/snapshots.ts'
export type { PackName } from './mock/store/pack.ts'
export type { State, StateDiff } from './mock/store/state.ts'
export type { Store } from './mock/store/store.ts'
export type { UpstreamMode, UpstreamOptions } from './mock/upstream/upstream-options.ts'
export { ApiError, type Violation } from './openapi/api-error.ts'
export { DocumentError } from './openapi/document-error.ts'
export type { components, operations, paths } from './openapi/generated/api.ts'
export type {
  ApiResponse,
  Domain,
  DomainIn,
  Order,
  Pet,
  Problem,
  StoredDomain,
  StoredPet,
  StoredUser,
  Tag,
  User,
} from './openapi/model.ts'
export type { OperationId } from './openapi/operation.ts'
export type { Profile } from './ways/profile.ts'
