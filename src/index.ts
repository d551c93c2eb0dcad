import type { RequestListener } from 'node:http'
import { type AppOptions, createApp } from './app.ts'
import type { Faults } from './faults/faults.ts'
import { listen, type Running } from './server.ts'
import type { Session } from './sessions/session.ts'
import { DEFAULT_SESSION } from './sessions/sessions.ts'
import type { Store } from './store/store.ts'

/** An independent mock of the Inboxes Developer API. Two in one process never meet. */
export interface Mock {
  /** The Express app; a listener here, because who imports the mock has no types of Express. */
  readonly app: RequestListener
  /** Each defect of the mock that was met, in words. */
  readonly defects: readonly string[]
  /** The state of requests that name no session. */
  readonly store: Store
  /** What is to go wrong with requests that name no session. */
  readonly faults: Faults
  /** Back to the fixtures, for requests that name no session. */
  reset(): void
  /** The universe of requests that name this session; it starts now where it does not live. */
  session(id: string): Session
  /** Serves on loopback, on a free port unless told otherwise. */
  listen(where?: { readonly host?: string; readonly port?: number }): Promise<Running>
}

/** Makes a mock. Throws a DocumentError where the document cannot be used. */
export function createMock(options: AppOptions = {}): Mock {
  const { app, basePath, defects, sessions } = createApp(options)
  return {
    app,
    defects,
    get store() {
      return sessions.get(DEFAULT_SESSION).store
    },
    get faults() {
      return sessions.get(DEFAULT_SESSION).faults
    },
    reset: () => sessions.get(DEFAULT_SESSION).reset(),
    session: (id) => sessions.get(id),
    listen: ({ host = '127.0.0.1', port = 0 } = {}) => listen(app, { host, port, basePath }),
  }
}

export type { AppOptions as MockOptions } from './app.ts'
export { type Clock, fixedClock, REFERENCE_DATE, type SettableClock } from './clock.ts'
export type { Violation } from './errors.ts'
export type { Exchange, ExchangeSummary } from './exchange.ts'
export type { BreakWay, Fault, FaultInput, FaultMatch, FaultStep } from './faults/fault.ts'
export type { Faults } from './faults/faults.ts'
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
} from './model.ts'
export type { Running } from './server.ts'
export type { Session } from './sessions/session.ts'
export { DocumentError } from './spec/document-error.ts'
export type { OperationId } from './spec/operation.ts'
export type { State, StateDiff } from './store/state.ts'
export type { Store } from './store/store.ts'
