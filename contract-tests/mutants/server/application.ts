import type { Answer, Handling, Incoming } from './handling.ts'
import { matchOperation } from './match.ts'
import { OPERATIONS, type Operation } from './operations.ts'
import { makeRecords } from './records.ts'
import type { Seams } from './seams.ts'
import { serve } from './serve.ts'
import { makeStore, type Records } from './store.ts'

/** The parts of a server. */
export interface ServerParts {
  readonly seams: readonly Seams[]
  readonly records?: Records
  readonly key?: string
  /** The 19 operations of the published document if absent. */
  readonly operations?: readonly Operation[]
  readonly now?: () => number
}

/** A server without its sockets. */
export interface Application {
  readonly answer: (request: Incoming) => Answer
  /** Exceptions other than refusals. They were answered with 500. */
  readonly defects: readonly unknown[]
}

/** An application with a store of its own. */
export function makeApplication(parts: ServerParts): Application {
  const { seams, records = makeRecords(), key = 'special-key', operations = OPERATIONS, now = Date.now } = parts
  const store = makeStore(records)
  const defects: unknown[] = []
  const answer = (request: Incoming): Answer => {
    try {
      return serve(makeHandling(request, { store, key, operations, now }), seams)
    } catch (defect) {
      defects.push(defect)
      return { status: 500, headers: {}, body: Buffer.alloc(0) }
    }
  }
  return { answer, defects }
}

const makeHandling = (request: Incoming, shared: Pick<Handling, 'store' | 'key' | 'operations' | 'now'>): Handling => ({
  ...shared,
  request,
  match: matchOperation(request.method, request.path, shared.operations),
  input: { parameter: '', query: new Map(), body: undefined },
  type: undefined,
  reply: undefined,
})
