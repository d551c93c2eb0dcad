import type { ApiDocument } from '../../openapi/document.ts'
import type { StoredDomain } from '../../openapi/model.ts'
import type { StateInput } from '../admin/accept-state.ts'
import type { SettableClock } from '../clock.ts'
import type { MockFetch } from '../doors.ts'
import { createFaults, type Faults, type FaultsOptions } from '../faults/faults.ts'
import { createHeld, type Held } from '../memory/held.ts'
import { validateDomain } from '../operations/domains.ts'
import type { HandlerContext } from '../operations/handler.ts'
import { type Coverage, createCoverage } from '../requests/coverage.ts'
import { createJournal, type Journal, type JournalOptions } from '../requests/journal.ts'
import type { PackName } from '../store/pack.ts'
import type { State } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import { type RecordChanges, recordChanges } from './records.ts'
import { createSnapshots, type Snapshots } from './snapshots.ts'

/** One session: its state, clock, journal and faults. No other session sees a change of it. */
export interface Session extends HandlerContext, RecordChanges {
  readonly id: string
  /** @deprecated Call it `ids`. */
  readonly issue: HandlerContext['ids']
  readonly clock: SettableClock
  readonly store: Store
  /** The state that it started from, which it shares with other sessions. */
  readonly start: Store
  readonly snapshots: Snapshots
  /** The requests of the session. */
  readonly journal: Journal
  /** The parts of the document that these requests exercised. */
  readonly coverage: Coverage
  /** The faults that are injected. */
  readonly faults: Faults
  /** Goes back to the fixtures that the session started from, or to those of a pack. Clock, snapshots, journal and faults start anew too. */
  reset(pack?: PackName): void
  /** Counts the resets. */
  readonly resets: number
  /** Starts anew from the fixtures of a pack, or from the mock's own; later resets go back to these. */
  startFrom(pack?: PackName): void
  /** Answers without a socket; a request that names no session is for this one. */
  readonly fetch: MockFetch
  /** Replaces the collections that are given, all or none. Rejects with an ApiError, with pointers, if they break the document. */
  putState(state: StateInput): Promise<void>
  /** Moves a domain to validated and active: the transition that the API mentions and cannot make. Throws an ApiError (404). */
  validateDomain(id: string): StoredDomain
  /** Puts another state in place of the session's own. `start` is the one that it shares with other sessions. */
  replaceStore(store: Store, start?: Store): void
  /** The memory that the session holds. */
  readonly held: Held
}

/** Sources that a session starts from. */
export interface SessionSeed {
  /** The fixtures of a pack, or those of the mock; always the same store for the same pack. */
  readonly seedStore: (pack?: PackName) => Store
  readonly clock: () => SettableClock
  readonly ids: HandlerContext['ids']
  /** The document that is enforced now. */
  readonly document: () => ApiDocument
  readonly faultStream: FaultsOptions['stream']
  /** The fetch of the session of this id. */
  readonly fetchFor: (id: string) => MockFetch
  /** Is given the coverage of a session before it starts anew. */
  readonly onReset: (coverage: Coverage) => void
  readonly journal: Pick<JournalOptions, 'version' | 'replay' | 'redaction'>
  /** Validates a state, and gives it as a store takes it. Rejects with an ApiError if it breaks the document. */
  readonly acceptState: (state: unknown) => Promise<Partial<State>>
}

/** Starts a session without copying the fixtures. */
export function createSession(id: string, seed: SessionSeed): Session {
  const { seedStore, clock, ids, document, faultStream, acceptState, onReset } = seed
  const start = seedStore()
  const state: { pack: PackName | undefined; start: Store; store: Store; clock: SettableClock } = {
    pack: undefined,
    start,
    store: start.fork(),
    clock: clock(),
  }
  const journal = createJournal({
    ...seed.journal,
    clock: () => state.clock,
    store: () => state.store,
    operationIds: () => document().operations.map((operation) => operation.id),
  })
  const coverage = createCoverage(document())
  let resets = 0
  const faults = createFaults({ document, stream: faultStream, clock: () => state.clock })
  const snapshots = createSnapshots(() => session)
  const held = createHeld({
    store: () => state.store,
    seed: () => state.start,
    remembered: snapshots.stores,
    journal,
    faults: () => faults.bytes,
  })
  const session: Session = {
    id,
    ids,
    issue: ids,
    snapshots,
    journal,
    coverage,
    faults,
    held,
    fetch: seed.fetchFor(id),
    get store() {
      return state.store
    },
    get start() {
      return state.start
    },
    get clock() {
      return state.clock
    },
    replaceStore: (store, start = state.start) => {
      state.start = start
      state.store = store
      journal.mark(store.fork())
    },
    ...recordChanges({
      context: () => session,
      accept: acceptState,
      changed: () => journal.mark(state.store.fork()),
    }),
    putState: async (given) => session.replaceStore(state.store.with(await acceptState(given))),
    validateDomain: (domain) => {
      const validated = validateDomain(state.store, domain)
      journal.mark(state.store.fork())
      return validated
    },
    startFrom: (pack) => {
      state.pack = pack
      session.reset()
    },
    get resets() {
      return resets
    },
    reset: (pack = state.pack) => {
      resets += 1
      state.start = seedStore(pack)
      state.store = state.start.fork()
      state.clock = clock()
      snapshots.clear()
      journal.clear()
      onReset(coverage)
      coverage.clear()
      faults.clear()
    },
  }
  journal.mark(start)
  return session
}
