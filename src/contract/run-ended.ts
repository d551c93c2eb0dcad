/** The run cannot go on, for a reason that is no fault of the server. The message says why, and what to do. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded'
}
