export { ApiError, type Violation } from '../errors.ts'
export type { Fault, FaultInput } from '../faults/fault.ts'
export type { CoverageCell } from '../journal/coverage.ts'
export type { Criteria } from '../journal/criteria.ts'
export type { JournalEntry } from '../journal/entry.ts'
export type { Verdict, Verification } from '../journal/verify.ts'
export type { State, StateDiff } from '../store/state.ts'
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
