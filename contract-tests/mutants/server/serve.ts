import { preferredType } from './accept.ts'
import { project } from './check.ts'
import { type Answer, type Exchange, JSON_TYPE, type MediaType, Refusal, type Reply } from './exchange.ts'
import { readPairs } from './forms.ts'
import { matchOperation } from './match.ts'
import type { Operation } from './operations.ts'
import { readBody } from './read-body.ts'
import { runStep, type Seams } from './seams.ts'
import { findViolations, refusalStatus } from './violations.ts'
import { writeXml } from './xml.ts'

/** Takes a request all the way to its answer. */
export function serve(exchange: Exchange, seams: readonly Seams[]): Answer {
  return runStep(seams, 'answer', exchange, () => {
    try {
      return handle(exchange, seams)
    } catch (error) {
      if (error instanceof Refusal) return refuse(error, exchange)
      throw error
    }
  })
}

function handle(exchange: Exchange, seams: readonly Seams[]): Answer {
  const operation = route(exchange, seams)
  if (operation === undefined) return { status: 204, headers: { Allow: allowOf(exchange) }, body: Buffer.alloc(0) }
  admit(exchange, operation, seams)
  negotiate(exchange, operation, seams)
  decode(exchange, operation, seams)
  judge(exchange, operation, seams)
  exchange.reply = runStep(seams, 'reply', exchange, () => operation.handle(exchange))
  return write(exchange, exchange.reply, operation, seams)
}

/** The operation; undefined for OPTIONS on a known path. */
function route(exchange: Exchange, seams: readonly Seams[]): Operation | undefined {
  const { method, path } = exchange.request
  exchange.match = runStep(seams, 'match', exchange, () => matchOperation(method, path, exchange.operations))
  const { operation, allowed } = exchange.match
  if (allowed === undefined) throw new Refusal(404, 'There is nothing here.')
  if (operation === undefined && method !== 'OPTIONS') {
    throw new Refusal(405, 'Method not allowed')
  }
  return operation
}

const allowOf = ({ match }: Exchange) => (match.allowed ?? []).join(', ')

function admit(exchange: Exchange, { secured }: Operation, seams: readonly Seams[]) {
  const isAdmitted = () => !secured || exchange.request.headers.api_key === exchange.key
  if (runStep(seams, 'admitted', exchange, isAdmitted)) return
  throw new Refusal(401, 'Send a valid api_key.', { 'WWW-Authenticate': 'ApiKey realm="inboxes", header="api_key"' })
}

function negotiate(exchange: Exchange, { gives }: Operation, seams: readonly Seams[]) {
  if (gives === undefined) return
  const { accept } = exchange.request.headers
  exchange.type = runStep(seams, 'type', exchange, () => preferredType(accept, gives.types))
  if (exchange.type === undefined) throw new Refusal(406, `Accept ${gives.types.join(' or ')}.`)
}

function decode(exchange: Exchange, operation: Operation, seams: readonly Seams[]) {
  const { input, request, match } = exchange
  try {
    input.parameter = decodeURIComponent(match.parameter ?? '')
    input.query = readPairs(request.query)
  } catch {
    throw new Refusal(operation.refuses.parameter, 'Malformed escape')
  }
  input.body = runStep(seams, 'body', exchange, () => readBody(exchange, operation))
}

function judge(exchange: Exchange, operation: Operation, seams: readonly Seams[]) {
  const violations = runStep(seams, 'violations', exchange, () => findViolations(exchange, operation))
  if (violations.length === 0) {
    if (operation.body) exchange.input.body = project(exchange.input.body, operation.body.schema)
    return
  }
  const status = refusalStatus(violations, operation)
  throw new Refusal(status, violations.map(({ pointer, expected }) => `${pointer}: ${expected}`).join('; '))
}

function write(exchange: Exchange, reply: Reply, { gives }: Operation, seams: readonly Seams[]): Answer {
  const { status, headers = {} } = reply
  const { type } = exchange
  if (gives === undefined || type === undefined) return { status, headers, body: Buffer.alloc(0) }
  const value = runStep(seams, 'value', exchange, () => reply.value)
  const text = runStep(seams, 'text', exchange, () => writeAs(type, gives.root, value))
  return { status, headers: { 'Content-Type': type, ...headers }, body: Buffer.from(text) }
}

/** Writes the value in that media type; a list's items have the root's name without its plural. */
export function writeAs(type: MediaType, root: string, value: unknown): string {
  if (type === JSON_TYPE) return JSON.stringify(value)
  return writeXml(root, Array.isArray(value) ? { [root.replace(/s$/, '')]: value } : value)
}

function refuse({ status, message, headers }: Refusal, exchange: Exchange): Answer {
  const allow = status === 405 ? { Allow: allowOf(exchange) } : {}
  const body = JSON.stringify({ type: 'about:blank', title: message, status })
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...allow, ...headers },
    body: Buffer.from(body),
  }
}
