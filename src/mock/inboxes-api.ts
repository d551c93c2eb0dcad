import type { Redaction } from '../http/redaction/redaction.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { DocumentError } from '../openapi/document-error.ts'
import { DEFAULTS } from './defaults.ts'
import { findFaultHooks } from './faults/fault-hooks.ts'
import { corsOf, optionsHeaders } from './http/cors.ts'
import { createHttpDate } from './http/http-date.ts'
import type { Live } from './live.ts'
import type { Memory } from './memory/memory.ts'
import { sizeOf } from './memory/size-of.ts'
import type { NextVersion } from './next-version/next-version.ts'
import { callHandler, unhandled } from './operations/index.ts'
import { sizeOfFiles } from './operations/picture-uri.ts'
import type { MockOptions } from './options.ts'
import { type Api, createPipeline, type Pipeline } from './pipeline.ts'
import type { Session } from './sessions/session.ts'
import { authenticate } from './validation/authenticate.ts'
import { validationOf } from './validation/validation.ts'

/** Serves the Inboxes API on a session. Throws a DocumentError if an operation has no handler. */
export function createInboxesApi(
  document: ApiDocument,
  { apiKeys = [DEFAULTS.apiKey], delay = DEFAULTS.delay }: Pick<MockOptions, 'apiKeys' | 'delay'>,
  redaction: Redaction,
  memory: Memory,
  onExchange: Api<Session>['onExchange'],
  next?: NextVersion,
  live?: Live,
): Pipeline<Session> {
  if (next === undefined) requireHandlers(document)
  const cors = corsOf(document.operations)
  const dateOf = createHttpDate()
  const api: Api<Session> = {
    document,
    validation: validationOf(document),
    redaction,
    authenticate: (operation, request) => authenticate(operation, request, apiKeys),
    findHooks: findFaultHooks,
    handle: (operation, input, session) => {
      if (input.body !== undefined) memory.requireRoom(session, sizeOf(input.body) + sizeOfFiles(input.files))
      return next ? next.handle(operation, input, session) : callHandler(operation.id, input, session)
    },
    ...(next && { adapt: next.adaptFor(document) }),
    headers: ({ clock }, request) => ({ Date: dateOf(clock.now()), ...cors(request.headers) }),
    optionsHeaders,
    delay,
    onExchange,
  }
  const wrapped = next?.wrap?.(api) ?? api
  return createPipeline(live?.wrap(wrapped, memory) ?? wrapped)
}

/** An operation without a handler stops the start. */
function requireHandlers({ name, operations }: ApiDocument): void {
  const missing = unhandled(operations.map(({ id }) => id))
  const first = operations.find(({ id }) => missing.includes(id))
  if (first)
    throw new DocumentError(
      `${name}: operation ${first.id} has no handler. Add one to src/mock/operations, beside those of ${first.tag}.`,
    )
}
