import type { Running } from '../../mock/http/server.ts'

/** A mock that accepts connections, with what the ready message shows of it. */
export interface Started extends Running {
  /** How many pets are stored. */
  readonly pets: number
  /** The id of the first of them. */
  readonly firstPet?: number
  /** False if the state file does not have the state. Is final after `close`. */
  readonly isSaved: () => boolean
}
