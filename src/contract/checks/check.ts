import type { Level } from '../finding.ts'
import type { Exchange } from '../interaction.ts'

/** What a check saw in one exchange. */
export interface Observation {
  /** A failure unless it says otherwise. */
  readonly level?: Level
  /** What inside the exchange; the same whatever the seed. */
  readonly place: string
  /** Where the document says so; the operation's own pointer where absent. */
  readonly pointer?: string
  readonly expected: string
  readonly actual: string
  /** The exchange that brought it about, where that is another than the one that shows it. */
  readonly cause?: Exchange | undefined
  /** All exchanges that it takes to see it, where it takes more than these. */
  readonly shownBy?: readonly Exchange[]
}

/** A check of single exchanges: undefined where the exchange is none of its business, else what is wrong with it. */
export type ExchangeCheck = (exchange: Exchange) => readonly Observation[] | undefined
