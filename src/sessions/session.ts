import type { SettableClock } from '../clock.ts'
import { createFaults, type Faults, type FaultsOptions } from '../faults/faults.ts'
import { type Coverage, createCoverage } from '../journal/coverage.ts'
import { createJournal, type Journal } from '../journal/journal.ts'
import type { World } from '../operations/handler.ts'
import type { ApiDocument } from '../spec/document.ts'
import type { PackName } from '../store/pack.ts'
import type { Store } from '../store/store.ts'

/** A universe of its own: what one session does, no other sees. */
export interface Session extends World {
  readonly id: string
  readonly clock: SettableClock
  readonly store: Store
  readonly snapshots: Map<string, Store>
  /** The session's requests. */
  readonly journal: Journal
  /** What of the document they have exercised. */
  readonly coverage: Coverage
  /** What is to go wrong. */
  readonly faults: Faults
  /** Back to the fixtures that the session started from, or to those of a pack; clock, snapshots, journal and faults start anew too. */
  reset(pack?: PackName): void
  /** Puts another state in place of the session's own. */
  replaceStore(store: Store): void
}

/** What sessions start from. */
export interface SessionSeed {
  /** The fixtures of a pack, or those the mock was started with; always the same store for the same pack. */
  readonly pristine: (pack?: PackName) => Store
  readonly clock: () => SettableClock
  readonly issue: World['issue']
  /** The document that is enforced now. */
  readonly document: () => ApiDocument
  readonly faultStream: FaultsOptions['stream']
}

/** Starts a session: at once, and without copying the fixtures. */
export function createSession(id: string, seed: SessionSeed): Session {
  const { pristine, clock, issue, document, faultStream } = seed
  const snapshots = new Map<string, Store>()
  const state = { store: pristine().fork(), clock: clock() }
  const journal = createJournal(() => state.clock)
  const coverage = createCoverage(document())
  const faults = createFaults({ document, stream: faultStream, clock: () => state.clock })
  return {
    id,
    issue,
    snapshots,
    journal,
    coverage,
    faults,
    get store() {
      return state.store
    },
    get clock() {
      return state.clock
    },
    replaceStore: (store) => {
      state.store = store
    },
    reset: (pack) => {
      state.store = pristine(pack).fork()
      state.clock = clock()
      snapshots.clear()
      journal.clear()
      coverage.clear()
      faults.clear()
    },
  }
}
