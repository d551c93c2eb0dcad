import type { Request, RequestHandler, Response } from 'express'
import { type Answer, render } from './answer.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { requireAcceptable } from './enforcement/acceptable.ts'
import { authenticate } from './enforcement/authenticate.ts'
import { readBody } from './enforcement/body.ts'
import type { Enforcer } from './enforcement/enforcer.ts'
import { readParameters } from './enforcement/parameters.ts'
import { problemOf } from './enforcement/problem.ts'
import { ApiError } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { project } from './media/project.ts'
import type { World } from './operations/handler.ts'
import { callHandler } from './operations/index.ts'
import type { ApiDocument } from './spec/document.ts'
import { createMatcher, type Match, type Matcher } from './spec/match.ts'
import type { Operation } from './spec/operation.ts'

/** What serving needs. The world is looked up at each request. */
export interface ServeParts {
  readonly document: ApiDocument
  readonly enforcer: Enforcer
  readonly apiKeys: readonly string[]
  readonly world: (req: Request) => World
  readonly onExchange: (exchange: Exchange) => void
}

/** An answer, and what became known of its request on the way. */
interface Outcome {
  readonly answer: Answer
  readonly operation?: Operation
  readonly refusal?: ApiError
  readonly defect?: string
}

type Found = Extract<Match, { kind: 'operation' }>

const PROBLEM = 'application/problem+json'

/** Serves the API: every request gets exactly one answer, and `onExchange` hears of it. */
export function createServe(parts: ServeParts): RequestHandler {
  const match = createMatcher(parts.document.operations)
  const cors = corsHeaders(parts.document.operations)
  return async (req, res) => {
    const started = performance.now()
    const world = parts.world(req)
    const outcome = await answerRequest(parts, match, world, req, res)
    send(res, outcome.answer, { ...cors, Date: new Date(world.clock.now()).toUTCString() })
    parts.onExchange(exchangeOf(req, outcome, performance.now() - started))
  }
}

async function answerRequest(
  parts: ServeParts,
  match: Matcher,
  world: World,
  req: Request,
  res: Response,
): Promise<Outcome> {
  const { path, search } = splitTarget(req.url)
  const found = locate(parts.document.basePath, match, req.method, path)
  if (found.kind === 'unknown-path') return refuseUnmatched(unknownPath(parts.document, path), path)
  if (found.kind === 'wrong-method') return answerMethod(req.method, found.allow, path)
  try {
    return { operation: found.operation, answer: await perform(parts, found, search, world, req, res) }
  } catch (error) {
    return refuse(parts.enforcer, found, error, path)
  }
}

/** The straight list: key, Accept, body, parameters, validation, handler, judge of the reply, bytes. */
async function perform(parts: ServeParts, found: Found, search: string, world: World, req: Request, res: Response) {
  const { operation, segments } = found
  authenticate(operation, req.headers.api_key, parts.apiKeys)
  const mediaType = requireAcceptable(operation, req.headers.accept)
  const body = await readBody(operation, req, res)
  const parameters = readParameters(operation, segments, search, req.headers)
  await parts.enforcer.enforceRequest(operation, parameters, body)
  const schema = operation.requestBody?.content[body.mediaType ?? '']
  const reply = callHandler(operation.id, { ...parameters, body: schema && project(body.value, schema) }, world)
  await parts.enforcer.enforceReply(operation, reply, mediaType)
  return render(operation, reply, mediaType)
}

/** Turns what was thrown into problem details, and holds those to the document too. */
async function refuse(
  enforcer: Enforcer,
  { operation, allow }: Found,
  thrown: unknown,
  path: string,
): Promise<Outcome> {
  const refusal = thrown instanceof ApiError ? thrown : undefined
  const error = refusal ?? defect()
  const headers = error.status === 405 ? { ...error.headers, Allow: allow.join(', ') } : error.headers
  const reply = { status: error.status, headers, value: problemOf(error, path) }
  try {
    await enforcer.enforceReply(operation, reply, PROBLEM)
  } catch (fault) {
    if (error.status !== 500)
      return refuse(enforcer, { kind: 'operation', operation, allow, segments: [] }, fault, path)
  }
  const answer = render(operation, reply, PROBLEM)
  return { answer, operation, ...(refusal ? { refusal } : { defect: messageOf(thrown) }) }
}

const defect = () =>
  new ApiError(500, 'The mock failed, or was about to break its document. Its log says where; please report it.')

const messageOf = (thrown: unknown) => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))

function locate(basePath: string, match: Matcher, method: string, path: string): Match {
  return path.startsWith(`${basePath}/`) ? match(method, path.slice(basePath.length)) : { kind: 'unknown-path' }
}

function unknownPath({ basePath, operations }: ApiDocument, path: string): ApiError {
  const sample = operations.find(({ method }) => method === 'GET')?.path ?? '/'
  return new ApiError(404, `There is nothing at ${path}. Paths start with ${basePath}, such as ${basePath}${sample}.`)
}

/** A known path without this method: OPTIONS is answered, the rest is refused. */
function answerMethod(method: string, allow: readonly string[], path: string): Outcome {
  if (method === 'OPTIONS') return { answer: { status: 204, headers: preflightHeaders(allow) } }
  const detail = `${path} does not take ${method}. Use ${allow.join(', ')}.`
  return refuseUnmatched(new ApiError(405, detail, [], { Allow: allow.join(', ') }), path)
}

function refuseUnmatched(refusal: ApiError, path: string): Outcome {
  const headers = { ...refusal.headers, 'Content-Type': PROBLEM }
  return { refusal, answer: { status: refusal.status, headers, text: JSON.stringify(problemOf(refusal, path)) } }
}

/** Splits a request target (RFC 9112, section 3.2; the absolute form is taken too). */
function splitTarget(target: string): { path: string; search: string } {
  const origin = target.startsWith('/') ? target : originForm(target)
  const mark = origin.indexOf('?')
  return mark < 0 ? { path: origin, search: '' } : { path: origin.slice(0, mark), search: origin.slice(mark + 1) }
}

function originForm(target: string): string {
  if (!URL.canParse(target)) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}

function send(res: Response, { status, headers, text }: Answer, common: Readonly<Record<string, string>>): void {
  const body = Buffer.from(text ?? '')
  const length = status === 204 ? {} : { 'Content-Length': body.length }
  res.writeHead(status, { ...common, ...headers, ...length })
  res.end(body)
}

function exchangeOf(req: Request, { answer, operation, refusal, defect }: Outcome, milliseconds: number): Exchange {
  return {
    method: req.method,
    target: req.url,
    status: answer.status,
    milliseconds,
    violations: refusal?.violations ?? [],
    ...(operation && { operationId: operation.id }),
    ...(defect !== undefined && { defect }),
  }
}
