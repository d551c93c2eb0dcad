import type { ApiDocument } from '../openapi/document.ts'
import type { Profile } from './profile.ts'
import type { Seen } from './seen.ts'

/** A part of an answer. A part that one way has explained is left to it. */
export type Part = 'status' | 'body' | 'header' | 'shape'

/** The way of a server in one place. */
export interface Habit {
  /** An operation, or another place where a server has one habit. */
  readonly place: string
  /** In a few words, the same from run to run. */
  readonly does: string
  readonly seen: readonly Seen[]
}

/** A habit that differs between the servers, in all places where it differs in the same way. */
export interface Change {
  /** The group that the way puts it in, the same from run to run. */
  readonly group: string
  readonly mock: string
  readonly live: string
  readonly places: readonly string[]
  /** The answers of the live server. */
  readonly seen: readonly Seen[]
  /** How many answers the live server gave in all that one setting of a profile is for, if it answered some of them otherwise. */
  readonly of?: number
}

/** Why a way cannot be adopted. */
export type Reason = string

/** One decision of the reference's silence: how it is seen on a server, said, and adopted. */
export interface Way {
  readonly id: string
  /** The row of the decisions that it is about; '' if none is. */
  readonly question: string
  /** The habits of the mock, by the decision. */
  readonly mock: readonly string[]
  readonly part: Part
  /** `extra` if the live server gives more than the document names. */
  readonly kind?: 'extra'
  /** True if its answers are left to this way even where both servers do the same. */
  readonly isFinal?: (habit: Habit) => boolean
  /** True if the mock has its first habit too where no case could show it. */
  readonly isAssumed?: true
  /** Changes of one group are said in one sentence; by default those with the same two habits. */
  readonly group?: (place: string, live: string, document: ApiDocument) => string
  /** The setting of a profile that a place has; by default one is for all places. */
  readonly setting?: (place: string) => string
  /** Reads the habits of a server from its answers. */
  readonly read: (seen: readonly Seen[]) => readonly Habit[]
  /** Says it in one sentence about `server`. */
  readonly say: (change: Change, server: string) => string
  /** The part of a profile that does so, or why there is none. */
  readonly adopt?: (change: Change, document: ApiDocument) => Omit<Profile, 'version'> | Reason
}
