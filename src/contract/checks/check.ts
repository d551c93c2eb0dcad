import type { Level } from '../finding.ts'
import type { Interaction } from '../interaction.ts'

/** One thing that a check saw. */
export interface Observation {
  /** A failure if absent. */
  readonly level?: Level
  /** The place inside the interaction; the same for every seed. */
  readonly place: string
  /** JSON Pointer to the rule in the document; the operation's own pointer if absent. */
  readonly pointer?: string
  readonly expected: string
  readonly actual: string
  /** True if it was repeated in isolation and compared with a control, so that no other client can be the cause. */
  readonly isProven?: true
  /** The interaction that caused it, if another one shows it. */
  readonly cause?: Interaction | undefined
  /** All interactions that show it, if there are more than the cause and the last one. */
  readonly shownBy?: readonly Interaction[]
}

/** Checks one interaction: undefined if the check does not apply to it, otherwise all that is wrong with it. */
export type InteractionCheck = (interaction: Interaction) => readonly Observation[] | undefined

/** One rule that a server is held to. */
export interface Check {
  readonly id: string
  readonly title: string
  /** Runs on every interaction. A check of several interactions has none; scenarios call it. */
  readonly inspect?: InteractionCheck
  /** True if it runs on requests whose method is not their operation's too, such as HEAD. */
  readonly anyMethod?: true
  /** `cause`: the last write is to blame. `context`: the last write is shown before the interaction. */
  readonly lastWrite?: 'cause' | 'context'
}

/** Types a check with its literal id and its own functions. */
export const defineCheck = <const Definition extends Check>(check: Definition): Definition => check

/** The observation with another interaction as its cause, if there is one. */
export const causedBy = (seen: Observation | undefined, cause: Interaction | undefined): Observation | undefined =>
  seen && cause ? { ...seen, cause } : seen
