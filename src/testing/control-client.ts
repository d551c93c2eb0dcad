import type { components } from '../mock/admin/generated/admin.ts'
import type { Fault, FaultInput } from '../mock/faults/fault.ts'
import type { JournalEntry } from '../mock/requests/entry.ts'
import type { Criteria } from '../mock/requests/pattern.ts'
import type { Verdict, Verification } from '../mock/requests/verify.ts'
import type { PackName } from '../mock/store/pack.ts'
import type { State, StateDiff } from '../mock/store/state.ts'
import type { StoredDomain } from '../openapi/model.ts'
import type { CallControl } from './call-control.ts'

type Schemas = components['schemas']

/** A typed client of the control plane for one session. Refused calls reject with an ApiError, whose violations have pointers. */
export interface ControlClient {
  readonly state: StateClient
  readonly snapshots: SnapshotsClient
  readonly faults: FaultsClient
  readonly journal: JournalClient
  readonly clock: ClockClient
  /** Resets the session to its start, or to a pack. */
  reset(pack?: PackName): Promise<void>
  /** Returns which parts of the document this session has exercised; merged, all sessions. */
  coverage(of?: { readonly merged?: boolean }): Promise<CoverageReport>
}

export interface StateClient {
  get(): Promise<State>
  /** Replaces the given collections: all of them, or none if one is invalid. */
  put(state: Partial<State>): Promise<void>
  /** Makes a domain validated and active. */
  validateDomain(id: string): Promise<StoredDomain>
}

export interface SnapshotsClient {
  take(name: string): Promise<void>
  list(): Promise<{ readonly name: string }[]>
  get(name: string): Promise<State>
  remove(name: string): Promise<void>
  restore(name: string): Promise<void>
  /** Returns the changes since the snapshot. */
  diff(name: string): Promise<StateDiff>
}

export interface FaultsClient {
  add(fault: FaultInput): Promise<Fault>
  list(): Promise<Fault[]>
  get(id: string): Promise<Fault>
  remove(id: string): Promise<void>
  clear(): Promise<void>
  /** Returns the faults that no request has matched. */
  unmet(): Promise<Fault[]>
}

export interface JournalClient {
  /** Returns the latest requests, the oldest first, and how many older ones were dropped. */
  all(): Promise<{ readonly requests: JournalEntry[]; readonly forgotten: number }>
  /** Returns the requests that match. */
  find(criteria?: Criteria): Promise<JournalEntry[]>
  count(criteria?: Criteria): Promise<number>
  verify(verification: Verification): Promise<Verdict>
  clear(): Promise<void>
  /** These export all requests: as an HTTP archive, as curl commands, or as a jest test. */
  har(): Promise<unknown>
  curl(): Promise<string>
  jest(): Promise<string>
}

export interface ClockClient {
  get(): Promise<ClockReading>
  /** Sets, advances (milliseconds), then freezes or runs the clock. */
  set(change: ClockChange): Promise<ClockReading>
  advance(milliseconds: number): Promise<ClockReading>
}

export type ClockReading = Schemas['Clock']
export type ClockChange = Schemas['ClockChange']
export type CoverageReport = Schemas['Coverage']

/** Creates the client of one session. */
export function controlClient(call: CallControl): ControlClient {
  return {
    state: {
      get: () => call('GET', '/state'),
      put: (state) => call('PUT', '/state', state),
      validateDomain: (id) => call('POST', `/domains/${encodeURIComponent(id)}/validate`),
    },
    snapshots: snapshotsClient(call),
    faults: faultsClient(call),
    journal: journalClient(call),
    clock: {
      get: () => call('GET', '/clock'),
      set: (change) => call('PUT', '/clock', change),
      advance: (milliseconds) => call('PUT', '/clock', { advance: milliseconds }),
    },
    reset: (pack) => call('POST', '/reset', pack === undefined ? undefined : { pack }),
    coverage: ({ merged = false } = {}) => call('GET', `/coverage?merged=${merged}`),
  }
}

function snapshotsClient(call: CallControl): SnapshotsClient {
  const at = (name: string) => `/snapshots/${encodeURIComponent(name)}`
  return {
    take: (name) => call('POST', at(name)),
    list: () => call('GET', '/snapshots'),
    get: (name) => call('GET', at(name)),
    remove: (name) => call('DELETE', at(name)),
    restore: (name) => call('POST', `${at(name)}/restore`),
    diff: (name) => call('GET', `${at(name)}/diff`),
  }
}

function faultsClient(call: CallControl): FaultsClient {
  const at = (id: string) => `/faults/${encodeURIComponent(id)}`
  return {
    add: (fault) => call('POST', '/faults', fault),
    list: () => call('GET', '/faults'),
    get: (id) => call('GET', at(id)),
    remove: (id) => call('DELETE', at(id)),
    clear: () => call('DELETE', '/faults'),
    unmet: () => call('GET', '/faults/unmet'),
  }
}

function journalClient(call: CallControl): JournalClient {
  return {
    all: () => call('GET', '/requests'),
    find: async (criteria = {}) =>
      (await call<{ requests: JournalEntry[] }>('POST', '/requests/find', criteria)).requests,
    count: async (criteria = {}) => (await call<{ count: number }>('POST', '/requests/count', criteria)).count,
    verify: (verification) => call('POST', '/requests/verify', verification),
    clear: () => call('DELETE', '/requests'),
    har: () => call('GET', '/requests/har'),
    curl: () => call('GET', '/requests/curl'),
    jest: () => call('GET', '/requests/jest'),
  }
}
