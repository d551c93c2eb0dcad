import { preferredType } from './accept.ts'
import { project } from './check.ts'
import { readPairs } from './forms.ts'
import { type Answer, type Handling, JSON_TYPE, type MediaType, Refusal, type Reply } from './handling.ts'
import { matchOperation } from './match.ts'
import type { Operation } from './operations.ts'
import { readBody } from './read-body.ts'
import { runStep, type Seams } from './seams.ts'
import { findViolations, refusalStatus } from './violations.ts'
import { writeXml } from './xml.ts'

/** Takes a request all the way to its answer. */
export function serve(handling: Handling, seams: readonly Seams[]): Answer {
  return runStep(seams, 'answer', handling, () => {
    try {
      return handle(handling, seams)
    } catch (error) {
      if (error instanceof Refusal) return refuse(error, handling)
      throw error
    }
  })
}

function handle(handling: Handling, seams: readonly Seams[]): Answer {
  const operation = route(handling, seams)
  if (operation === undefined) return { status: 204, headers: { Allow: allowOf(handling) }, body: Buffer.alloc(0) }
  authenticate(handling, operation, seams)
  negotiate(handling, operation, seams)
  decode(handling, operation, seams)
  validate(handling, operation, seams)
  handling.reply = runStep(seams, 'reply', handling, () => operation.handle(handling))
  return write(handling, handling.reply, operation, seams)
}

/** The operation; undefined for OPTIONS on a known path. */
function route(handling: Handling, seams: readonly Seams[]): Operation | undefined {
  const { method, path } = handling.request
  handling.match = runStep(seams, 'match', handling, () => matchOperation(method, path, handling.operations))
  const { operation, allowed } = handling.match
  if (allowed === undefined) throw new Refusal(404, 'There is nothing here.')
  if (operation === undefined && method !== 'OPTIONS') {
    throw new Refusal(405, 'Method not allowed')
  }
  return operation
}

const allowOf = ({ match }: Handling) => (match.allowed ?? []).join(', ')

function authenticate(handling: Handling, { secured }: Operation, seams: readonly Seams[]) {
  const isAuthenticated = () => !secured || handling.request.headers.api_key === handling.key
  if (runStep(seams, 'authenticated', handling, isAuthenticated)) return
  throw new Refusal(401, 'Send a valid api_key.', { 'WWW-Authenticate': 'ApiKey realm="inboxes", header="api_key"' })
}

function negotiate(handling: Handling, { gives }: Operation, seams: readonly Seams[]) {
  if (gives === undefined) return
  const { accept } = handling.request.headers
  handling.type = runStep(seams, 'type', handling, () => preferredType(accept, gives.types))
  if (handling.type === undefined) throw new Refusal(406, `Accept ${gives.types.join(' or ')}.`)
}

function decode(handling: Handling, operation: Operation, seams: readonly Seams[]) {
  const { input, request, match } = handling
  try {
    input.parameter = decodeURIComponent(match.parameter ?? '')
    input.query = readPairs(request.query)
  } catch {
    throw new Refusal(operation.refuses.parameter, 'Malformed escape')
  }
  input.body = runStep(seams, 'body', handling, () => readBody(handling, operation))
}

function validate(handling: Handling, operation: Operation, seams: readonly Seams[]) {
  const violations = runStep(seams, 'violations', handling, () => findViolations(handling, operation))
  if (violations.length === 0) {
    if (operation.body) handling.input.body = project(handling.input.body, operation.body.schema)
    return
  }
  const status = refusalStatus(violations, operation)
  throw new Refusal(status, violations.map(({ pointer, expected }) => `${pointer}: ${expected}`).join('; '))
}

function write(handling: Handling, reply: Reply, { gives }: Operation, seams: readonly Seams[]): Answer {
  const { status, headers = {} } = reply
  const { type } = handling
  if (gives === undefined || type === undefined) return { status, headers, body: Buffer.alloc(0) }
  const value = runStep(seams, 'value', handling, () => reply.value)
  const text = runStep(seams, 'text', handling, () => writeAs(type, gives.root, value))
  return { status, headers: { 'Content-Type': type, ...headers }, body: Buffer.from(text) }
}

/** Writes the value in that media type; a list's items have the root's name without its plural. */
export function writeAs(type: MediaType, root: string, value: unknown): string {
  if (type === JSON_TYPE) return JSON.stringify(value)
  return writeXml(root, Array.isArray(value) ? { [root.replace(/s$/, '')]: value } : value)
}

function refuse({ status, message, headers }: Refusal, handling: Handling): Answer {
  const allow = status === 405 ? { Allow: allowOf(handling) } : {}
  const body = JSON.stringify({ type: 'about:blank', title: message, status })
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...allow, ...headers },
    body: Buffer.from(body),
  }
}
