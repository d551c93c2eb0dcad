import { pagePlatform } from './browser/page-platform.ts'
import { createMockCore } from './mock/create-mock.ts'
import { type InProcessMock, inProcess } from './mock/in-process.ts'
import type { MockOptions } from './mock/options.ts'

/** How a mock in a page differs from the default one. It always serves the packaged document. */
export type PageMockOptions = Omit<MockOptions, 'document' | 'upstream'>

/** Makes a mock that runs in the page itself. Two in one page share nothing. */
export function createMock(options: PageMockOptions = {}): InProcessMock {
  return inProcess(createMockCore(options, pagePlatform))
}

export { type Clock, fixedClock, REFERENCE_DATE, type SettableClock } from './mock/clock.ts'
export type { MockFetch } from './mock/doors.ts'
export type { BreakWay, Fault, FaultInput, FaultMatch, FaultStep } from './mock/faults/fault.ts'
export type { Faults } from './mock/faults/faults.ts'
export type { InProcessMock } from './mock/in-process.ts'
export type { JournalEntry } from './mock/requests/entry.ts'
export type { Exchange } from './mock/requests/exchange.ts'
export type { Journal } from './mock/requests/journal.ts'
export type { Criteria } from './mock/requests/pattern.ts'
export type { Session } from './mock/sessions/session.ts'
export type { Snapshots } from './mock/sessions/snapshots.ts'
export type { PackName } from './mock/store/pack.ts'
export type { State } from './mock/store/state.ts'
export type { Store } from './mock/store/store.ts'
export { ApiError, type Violation } from './openapi/api-error.ts'
export { DocumentError } from './openapi/document-error.ts'
