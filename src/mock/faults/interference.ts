import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiError } from '../../openapi/api-error.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Reply } from '../reply.ts'
import type { Target } from '../request-target.ts'
import type { Answer } from '../serialize.ts'
import type { Body } from '../validation/body.ts'

/** A request that a fault or a preference may concern. `body` reads it, once, and throws the refusal of one that cannot be read. */
export interface Encounter {
  readonly operation: Operation
  readonly req: IncomingMessage
  readonly target: Target
  readonly body: () => Promise<Body>
}

/** What a fault, or a preference of the client, does to one request. All parts but the name may be absent. */
export interface Interference {
  /** The fault's id, or the preference, for the journal. */
  readonly name: string
  /** Milliseconds to wait before anything is done. */
  readonly delay?: number
  /** Refuses the request in place of what the operation would do. */
  readonly refusal?: ApiError
  /** Stands, unjudged, for all that the operation would do: for what is asked to break the document. */
  readonly instead?: Answer
  /** Stands for what the operation would reply to a valid request; judged as its own reply is. */
  readonly reply?: Reply
  /** Changes an answer after it was judged. */
  readonly distort?: (answer: Answer) => Answer
  /** Sends the answer in another way than whole and at once. */
  readonly deliver?: (res: ServerResponse, answer: Answer) => Promise<void>
}
