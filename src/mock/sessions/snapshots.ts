import { ApiError } from '../../openapi/api-error.ts'
import { didYouMean } from '../../openapi/nearest.ts'
import type { State, StateDiff } from '../store/state.ts'
import type { Store } from '../store/store.ts'

/** States of a session under names. Neither taking nor restoring one copies it. An unknown name throws an ApiError (404). */
export interface Snapshots {
  /** Remembers the state under a name, over one of the same name. */
  take(name: string): void
  /** In the order in which they were taken. */
  names(): string[]
  /** The remembered state. */
  get(name: string): State
  remove(name: string): void
  /** Puts the session back to the state. The snapshot stays. */
  restore(name: string): void
  /** The changes since. */
  diff(name: string): StateDiff
  clear(): void
  /** The remembered states. */
  stores(): readonly Store[]
}

/** The part of a session that snapshots need. */
export interface Snapshotted {
  readonly id: string
  readonly store: Store
  replaceStore(store: Store): void
}

/** Starts without snapshots. */
export function createSnapshots(session: () => Snapshotted): Snapshots {
  const taken = new Map<string, Store>()
  const find = (name: string) => {
    const snapshot = taken.get(name)
    if (snapshot) return snapshot
    throw new ApiError(404, `Session ${session().id} has no snapshot ${name}. ${didYouMean(name, [...taken.keys()])}`)
  }
  return {
    take: (name) => void taken.set(name, session().store.fork()),
    names: () => [...taken.keys()],
    get: (name) => find(name).export(),
    remove: (name) => {
      find(name)
      taken.delete(name)
    },
    restore: (name) => session().replaceStore(find(name).fork()),
    diff: (name) => find(name).diff(session().store),
    clear: () => taken.clear(),
    stores: () => [...taken.values()],
  }
}
