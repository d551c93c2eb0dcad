import type { Mode } from '../contract/report.ts'
import type { Profile } from '../ways/profile.ts'
import type { More } from './fuller-plan.ts'

/** One difference between the live server and the mock. */
export interface Difference {
  /** The same from run to run. */
  readonly id: string
  /** open: the document leaves it open; breaks: the live server breaks the document; extra: it gives more than the document names. */
  readonly kind: 'open' | 'breaks' | 'extra'
  /** One sentence. */
  readonly statement: string
  /** The row of the decisions that it is about; '' if none is. */
  readonly decision: string
  readonly mock: string
  readonly live: string
  readonly operations: readonly string[]
  /** How many answers of the live server show it. */
  readonly cases: number
  readonly adoptable: boolean
  /** Why it is not adopted; '' if it is. */
  readonly reason: string
  /** JSON Pointer into the document, and its line from 1. */
  readonly pointer: string
  readonly line: number
  /** The finding of the contract suite that it is; '' if none is. */
  readonly finding: string
  /** A request that shows it, as a command without the key. */
  readonly curl: string
}

/** The result of a comparison. All but `times` is the same for the same seed and servers. */
export interface DriftReport {
  readonly version: 1
  readonly baseUrl: string
  readonly mode: Mode
  readonly seed: number
  readonly verdict: 'same' | 'differs' | 'could-not-run'
  /** Why it could not run, and what to do; '' otherwise. */
  readonly problem: string
  readonly cases: {
    /** Asked of both servers. */
    readonly asked: number
    /** Those of them that were answered differently. */
    readonly differ: number
    /** Asked of one server alone, as the other one lacked what they need. */
    readonly notAsked: number
    /** Cases that the next fuller mode would ask besides; absent if there are none. */
    readonly more?: More
  }
  readonly requests: number
  readonly differences: readonly Difference[]
  /** Makes the mock do as the live server does, as far as that can be adopted. */
  readonly profile: Profile
  readonly times: {
    readonly startedAt: string
    readonly durationMs: number
    /** The time that successes of the live server took, as a profile has it. */
    readonly latency: NonNullable<Profile['latency']>
  }
}
