import type { Live } from '../live.ts'
import type { Run } from '../runs/runner.ts'
import type { Session } from '../sessions/session.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { COLLECTIONS, type CollectionName } from '../store/state.ts'
import type { Store } from '../store/store.ts'
import type { MockEvent } from './event.ts'
import type { EventsServices } from './events.ts'

/** Finds what has changed since it looked last. Requests are not among it. */
export interface Changes {
  /** The sessions that have started, or started anew, and all that has changed in them; then the sessions that are gone. */
  look(): MockEvent[]
}

/** The state of one session when it was looked at last. */
interface Seen {
  readonly session: Session
  readonly resets: number
  readonly store: Store | undefined
  readonly revisions: Store['revisions']
  /** Their sum. */
  readonly storeRevision: number
  readonly faults: number
  readonly faultsById: ReadonlyMap<string, number>
  readonly clock: Session['clock']
  readonly clockRevision: number
  /** The number of state events so far. */
  readonly revision: number
}

/**
 * Compares counters that each session keeps anyway, so that a change costs nothing where it is made, and is found whichever way it
 * came: by a request, the control plane, a file or code of the same process.
 */
export function followChanges(sessions: Sessions, live?: Live, runs?: EventsServices['runs']): Changes {
  const seen = new Map<string, Seen>(sessions.all().map((session) => [session.id, seenOf(session, 0)]))
  let upstream = live?.revision()
  let seenRuns = runs?.revision
  let rests = 0
  const lookAt = (session: Session, found: MockEvent[]) => {
    const last = seen.get(session.id)
    if (last && isAsSeen(session, last)) return
    const changes = changesOf(session, last)
    const isStateChanged = changes.some(({ event }) => event === 'state')
    seen.set(session.id, seenOf(session, (last?.revision ?? 0) + (isStateChanged ? 1 : 0)))
    found.push(...changes)
  }
  const lookAtAll = () => {
    const found: MockEvent[] = []
    const all = sessions.all()
    for (const session of all) lookAt(session, found)
    rests = Math.floor(all.length / AT_A_LOOK)
    return seen.size > all.length ? [...found, ...removeGone(all)] : found
  }
  const removeGone = (all: readonly Session[]) => {
    const alive = new Set(all.map(({ id }) => id))
    const gone = [...seen.keys()].filter((id) => !alive.has(id))
    for (const id of gone) seen.delete(id)
    return gone.map(deleted)
  }
  const lookAtLive = () => {
    const before = upstream
    upstream = live?.revision()
    return live && upstream !== before ? [upstreamEvent(live)] : []
  }
  const lookAtRuns = () => {
    const before = seenRuns
    seenRuns = runs?.revision
    return runs?.latest && seenRuns !== before ? [runEvent(runs.latest)] : []
  }
  return {
    look: () => {
      rests -= 1
      return rests < 0 ? [...lookAtAll(), ...lookAtLive(), ...lookAtRuns()] : []
    },
  }
}

/** For each so many sessions one look is left out: a look takes about 2 µs for each session. */
export const AT_A_LOOK = 250

/** There may be a thousand sessions, and most are idle. */
const isAsSeen = (session: Session, seen: Seen): boolean =>
  session === seen.session &&
  session.store === seen.store &&
  session.store.revision === seen.storeRevision &&
  session.faults.revision === seen.faults &&
  session.clock === seen.clock &&
  session.clock.revision === seen.clockRevision &&
  session.resets === seen.resets

const seenOf = (session: Session, revision: number): Seen => {
  const { store, resets, faults, clock } = session
  return {
    session,
    resets,
    store,
    revisions: store.revisions,
    storeRevision: store.revision,
    faults: faults.revision,
    faultsById: faults.size > 0 ? new Map(faults.list().map(({ id, met }) => [id, met])) : NO_FAULTS,
    clock,
    clockRevision: clock.revision,
    revision,
  }
}

const NO_FAULTS: ReadonlyMap<string, number> = new Map()

/** A session in which nothing has changed yet: its store is a copy of the one that it starts from. */
const fresh = (session: Session): Seen => ({
  session,
  resets: 0,
  store: session.store,
  revisions: session.start.revisions,
  storeRevision: session.start.revision,
  faults: 0,
  faultsById: NO_FAULTS,
  clock: session.clock,
  clockRevision: 0,
  revision: 0,
})

function changesOf(session: Session, last: Seen | undefined): MockEvent[] {
  const isNew = last === undefined
  const isAnew = !isNew && (last.session !== session || last.resets !== session.resets)
  const change = isNew ? 'created' : 'reset'
  const seen = last ?? fresh(session)
  return [
    ...(isNew || isAnew ? [{ event: 'session', data: { session: session.id, change } } as const] : []),
    ...stateEvents(session, seen),
    ...faultEvents(session, seen),
    ...clockEvents(session, seen),
  ]
}

function stateEvents({ id, store }: Session, seen: Seen): MockEvent[] {
  const collections = changedCollections(store, seen)
  if (collections.length === 0) return []
  return [{ event: 'state', data: { session: id, collections, revision: seen.revision + 1 } }]
}

/** Of a store that was put in the place of another, all may have changed. */
function changedCollections(store: Store, seen: Seen): readonly CollectionName[] {
  if (store !== seen.store) return COLLECTIONS
  const { revisions } = store
  return COLLECTIONS.filter((name) => revisions[name] !== seen.revisions[name])
}

function faultEvents({ id: session, faults }: Session, seen: Seen): MockEvent[] {
  if (faults.revision === seen.faults && session === seen.session.id && faults === seen.session.faults) return []
  const list = faults.list()
  const known = seen.faultsById
  const removed = [...known.keys()].filter((id) => !list.some((fault) => fault.id === id))
  const others = list.flatMap(({ id, met, spent }) => {
    const before = known.get(id)
    if (before === met) return []
    return [{ session, id, change: before === undefined ? 'added' : 'hit', met, spent } as const]
  })
  return [...removed.map((id) => ({ session, id, change: 'removed' }) as const), ...others].map((data) => ({
    event: 'fault',
    data,
  }))
}

function clockEvents({ id, clock }: Session, seen: Seen): MockEvent[] {
  if (clock === seen.clock && clock.revision === seen.clockRevision) return []
  return [{ event: 'clock', data: { session: id, now: new Date(clock.now()).toISOString(), frozen: clock.frozen } }]
}

const deleted = (session: string): MockEvent => ({ event: 'session', data: { session, change: 'deleted' } })

function upstreamEvent({ control, violationCount }: Live): MockEvent {
  const { mode, pause, strict } = control.state()
  return { event: 'upstream', data: { mode, pause, strict, violations: violationCount() } }
}

const runEvent = ({ id, kind, state, step, done, all, requests }: Run): MockEvent => ({
  event: 'run',
  data: { id, kind, state, step, done, all, requests },
})
