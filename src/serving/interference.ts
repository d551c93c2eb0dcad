import type { Response } from 'express'
import type { ApiError } from '../errors.ts'
import type { Answer } from './answer.ts'

/** What a fault, or a preference of the client, does to one request. All parts may be absent. */
export interface Interference {
  /** The fault's id, or the preference, for the journal. */
  readonly name: string
  /** Milliseconds to wait before anything is done. */
  readonly delay?: number
  /** Refuses the request in place of what the operation would do. */
  readonly refusal?: ApiError
  /** Changes an answer after it was judged. */
  readonly distort?: (answer: Answer) => Answer
  /** Sends the answer in another way than whole and at once. */
  readonly deliver?: (res: Response, answer: Answer) => Promise<void>
}
