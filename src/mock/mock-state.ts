import { createIdGenerator } from '../../fixtures/id-generator.ts'
import { streamOf } from '../../fixtures/stream.ts'
import { createRedaction } from '../http/redaction/redaction.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { requireState } from './admin/accept-state.ts'
import { type Clock, REFERENCE_DATE, settableClock } from './clock.ts'
import { DEFAULTS } from './defaults.ts'
import type { MockFetch } from './doors.ts'
import { createMemory, type Memory } from './memory/memory.ts'
import { keysOf, type MockOptions } from './options.ts'
import { type Coverage, createCoverage } from './requests/coverage.ts'
import { createSession, type SessionSeed } from './sessions/session.ts'
import { createSessions, DEFAULT_SESSION, type Sessions } from './sessions/sessions.ts'
import type { PackName } from './store/pack.ts'
import type { SeedData } from './store/seed-data.ts'
import { createSeedStores } from './store/seed-stores.ts'
import type { State } from './store/state.ts'
import type { Store } from './store/store.ts'

/** The state of one mock: its sessions, and the seed data that they start from. */
export interface MockState {
  readonly sessions: Sessions
  readonly memory: Memory
  /** The coverage of the document by all sessions together, those that have ended included. */
  coverage(): Coverage
  /** Starts the default session, and each that starts or is reset from now on, from a state that conforms. */
  startFrom(state: Partial<State>): void
  /** Starts them from another store in place of the one that they would start from, or have. */
  startAfter(change: (store: Store) => Store): void
}

/** The services that the state of a mock depends on. */
export interface StateServices {
  /** The document that is enforced now. */
  readonly document: () => ApiDocument
  /** The control plane's document, which refers to the schemas of that one. */
  readonly adminDocument: () => ApiDocument
  /** The fetch of the session of this id. */
  readonly fetchFor: (session: string) => MockFetch
  /** Fits the seed data to another version of the document. */
  readonly adaptSeedData?: (seedData: SeedData) => SeedData
  /** Numbers that the control plane gives to new records are above this one. */
  readonly above?: number | undefined
  /** The version of this package. */
  readonly version: () => string
  /** The budget for the memory of all sessions, in MB, unless the options give one. */
  readonly memoryMb: () => number
}

/** Real time, in whole milliseconds since the process started. Nobody can set it. */
const UPTIME: Clock = { now: () => Math.floor(performance.now()) }

/** Starts the default session from the seed data that the options ask for. */
export function createMockState(options: MockOptions, services: StateServices): MockState {
  const { seed, pets, pack, sessionTtl, maxSessions } = { ...DEFAULTS, ...options }
  const start = pack === 'default' ? { pets } : { pack }
  const seedStores = createSeedStores(seed, start, services.adaptSeedData)
  const { document } = services
  const ended = createCoverage(document())
  let initial = seedStores()
  const sessionSeed: SessionSeed = {
    seedStore: (name?: PackName) => (name === undefined ? initial : seedStores(name)),
    document,
    ids: { ...createIdGenerator(seed), ...(services.above && { above: services.above }) },
    faultStream: (fault) => streamOf(seed, 'fault', fault),
    onReset: (coverage) => ended.add(coverage),
    journal: {
      redaction: createRedaction(keysOf(options)),
      version: services.version,
      replay: {
        options: { seed, ...start, ...(options.document && { document: options.document }) },
        fixtures: seedStores,
      },
    },
    acceptState: (state) => requireState(services.adminDocument(), state),
    clock: () => (options.clock ? settableClock(options.clock) : settableClock(UPTIME, REFERENCE_DATE)),
    fetchFor: services.fetchFor,
  }
  const limits = { ttl: sessionTtl, max: maxSessions, uptime: UPTIME.now }
  const { memoryMb } = options
  const memory = createMemory(memoryMb === undefined ? services.memoryMb : () => memoryMb, () => sessions)
  const sessions = createSessions(
    (id) => createSession(id, sessionSeed),
    limits,
    (left) => {
      ended.add(left.coverage)
      memory.release(left)
    },
  )
  const startAfter = (change: (store: Store) => Store) => {
    initial = change(initial)
    const main = sessions.get(DEFAULT_SESSION)
    main.replaceStore(change(main.store), initial)
  }
  return {
    sessions,
    memory,
    coverage: () => {
      const merged = createCoverage(document())
      for (const part of [ended, ...sessions.all().map((session) => session.coverage)]) merged.add(part)
      return merged
    },
    startFrom: (state) => startAfter((store) => store.with(state)),
    startAfter,
  }
}
