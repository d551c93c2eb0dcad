export type { Fault, FaultInput } from '../mock/faults/fault.ts'
export type { CoverageCell } from '../mock/requests/coverage.ts'
export type { JournalEntry } from '../mock/requests/entry.ts'
export type { Criteria } from '../mock/requests/pattern.ts'
export type { Verdict, Verification } from '../mock/requests/verify.ts'
export type { State, StateDiff } from '../mock/store/state.ts'
export { ApiError, type Violation } from '../openapi/api-error.ts'
export type {
  ClockChange,
  ClockClient,
  ClockReading,
  ControlClient,
  CoverageReport,
  FaultsClient,
  JournalClient,
  SnapshotsClient,
  StateClient,
} from './control-client.ts'
export type { OwnMockOptions } from './own-mock.ts'
export { openMock, type TestingOptions, type TestMock } from './test-mock.ts'
export type { Outcome, TestSession } from './test-session.ts'
