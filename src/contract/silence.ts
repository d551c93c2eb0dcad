import type { Sent } from '../http/transport/transport.ts'
import type { Request } from './interaction.ts'
import { nameOf } from './name-of-request.ts'
import { RunEnded } from './run-ended.ts'

/** So many requests in a row without an answer are looked into. */
const IN_A_ROW = 5

/** Sees each request and its answer. */
export interface Silence {
  /** Rejects with a RunEnded if the server has stopped to answer: each further request would take the whole limit of time. */
  readonly saw: (request: Request, sent: Sent) => Promise<void>
}

/** Some operations of a server may hang while others answer, so that one which was answered is sent again before a run ends. */
export function createSilence(send: (request: Request) => Promise<Sent>): Silence {
  let known: Request | undefined
  let unanswered: Request[] = []
  return {
    saw: async (request, { answer, failure }) => {
      if (answer) {
        if (request.method === 'GET') known = request
        unanswered = []
        return
      }
      unanswered.push(request)
      const [first] = unanswered
      if (!known || !first || unanswered.length < IN_A_ROW) return
      unanswered = []
      if ((await send(known)).answer === undefined) throw new RunEnded(silentSince(first, failure))
    },
  }
}

const silentSince = (first: Request, failure: string) =>
  `The server answers no more since ${nameOf(first)} (${failure}), nor to ${IN_A_ROW} other requests, of which it answered one before. See its log at that request, start it again, and send the request alone.`
