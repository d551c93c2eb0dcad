import type { RequestListener } from 'node:http'
import { createMockCore } from './mock/create-mock.ts'
import { DEFAULTS } from './mock/defaults.ts'
import { platformFor } from './mock/files/platform-for.ts'
import { createExpressApp } from './mock/http/express-app.ts'
import { listen, type Running } from './mock/http/server.ts'
import { type InProcessMock, inProcess } from './mock/in-process.ts'
import type { MockOptions } from './mock/options.ts'

/** An independent mock of the Inboxes Developer API. Two in one process share nothing. */
export interface Mock extends InProcessMock {
  /** The Express app. It is typed as a listener, so that the types of Express are not needed. */
  readonly app: RequestListener
  /** Serves on loopback and a free port unless told otherwise. */
  listen(where?: { readonly host?: string; readonly port?: number }): Promise<Running>
}

/** Makes a mock. Throws a DocumentError if the document cannot be used. */
export function createMock(options: MockOptions = {}): Mock {
  const core = createMockCore(options, platformFor(options.profile))
  const app = createExpressApp(core)
  return Object.assign(inProcess(core), {
    app,
    listen: ({ host = DEFAULTS.host, port = 0 } = {}) => listen(app, { host, port, basePath: core.basePath }),
  } satisfies Pick<Mock, 'app' | 'listen'>)
}

export { type Clock, fixedClock, REFERENCE_DATE, type SettableClock } from './mock/clock.ts'
export type { MockFetch } from './mock/doors.ts'
export type { BreakWay, Fault, FaultInput, FaultMatch, FaultStep } from './mock/faults/fault.ts'
export type { Faults } from './mock/faults/faults.ts'
export type { Running } from './mock/http/server.ts'
export type { MockOptions } from './mock/options.ts'
export type { Coverage, CoverageCell } from './mock/requests/coverage.ts'
export type { JournalEntry } from './mock/requests/entry.ts'
export type { Exchange, ExchangeSummary } from './mock/requests/exchange.ts'
export type { Journal } from './mock/requests/journal.ts'
export type { Criteria } from './mock/requests/pattern.ts'
export type { NearMiss, Verdict, Verification } from './mock/requests/verify.ts'
export type { Session } from './mock/sessions/session.ts'
export type { Standing } from './mock/sessions/sessions.ts'
export type { Snapshots } from './mock/sessions/snapshots.ts'
export type { PackName } from './mock/store/pack.ts'
export type { State, StateDiff } from './mock/store/state.ts'
export type { Store } from './mock/store/store.ts'
export { ApiError, type Violation } from './openapi/api-error.ts'
export { DocumentError } from './openapi/document-error.ts'
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
