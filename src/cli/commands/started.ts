import type { Running } from '../../mock/http/server.ts'

/** A mock that accepts connections, and what it has to show. */
export interface Started extends Running {
  /** How many pets are stored. */
  readonly pets: number
  /** The id of the first of them. */
  readonly firstPet?: number
}
