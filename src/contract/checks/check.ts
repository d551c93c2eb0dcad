import type { Level } from '../finding.ts'
import type { Interaction } from '../interaction.ts'

/** What a check saw in one interaction. */
export interface Observation {
  /** A failure unless it says otherwise. */
  readonly level?: Level
  /** What inside the interaction; the same whatever the seed. */
  readonly place: string
  /** Where the document says so; the operation's own pointer where absent. */
  readonly pointer?: string
  readonly expected: string
  readonly actual: string
  /** The interaction that brought it about, where that is another than the one that shows it. */
  readonly cause?: Interaction | undefined
  /** All interactions that it takes to see it, where it takes more than these. */
  readonly shownBy?: readonly Interaction[]
}

/** A check of single interactions: undefined where the interaction is none of its business, else what is wrong with it. */
export type InteractionCheck = (interaction: Interaction) => readonly Observation[] | undefined
