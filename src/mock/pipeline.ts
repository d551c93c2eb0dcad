import { setTimeout as sleep } from 'node:timers/promises'
import type { Request, Response } from 'express'
import { ApiError } from '../openapi/api-error.ts'
import { project } from '../openapi/codecs/project.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { createMatcher, type Match, type Matcher } from '../openapi/match.ts'
import type { Operation } from '../openapi/operation.ts'
import { problemOf } from '../openapi/problem.ts'
import type { Encounter, Interference } from './faults/interference.ts'
import type { ValidInput } from './operations/index.ts'
import type { Reply } from './reply.ts'
import { splitTarget, type Target } from './request-target.ts'
import type { Exchange } from './requests/exchange.ts'
import { type Answer, render } from './serialize.ts'
import { requireAcceptable } from './validation/accept.ts'
import { type Body, ignoreBody, readBody } from './validation/body.ts'
import { withCitations } from './validation/citation.ts'
import type { Enforcer } from './validation/enforcer.ts'
import { type Parameters, readParameters } from './validation/parameters.ts'
import { unknownPath, wrongMethod } from './validation/unmatched.ts'

/** An API to serve: its document, who may call it, and what does the work. `W` is what the work is done on. */
export interface Service<W> {
  readonly document: ApiDocument
  readonly enforcer: Enforcer
  /** Refuses whoever may not call the operation. */
  readonly admit: (operation: Operation, req: Request) => void
  /** What faults and preferences do to requests. */
  readonly interferer?: Interferer<W>
  readonly call: (operation: Operation, input: ValidInput, world: W) => Reply | Promise<Reply>
  /** Headers of every answer, in an object of its own: the answer's are added to it. */
  readonly headers: (world: W, req: Request) => Record<string, string>
  /** Headers that answer OPTIONS on a path with these methods. */
  readonly preflight: (allow: readonly string[], req: Request) => Readonly<Record<string, string>>
  readonly onExchange: (exchange: Exchange, world: W) => void
}

/** Faults and preferences: asked twice, so that a request that neither concerns costs next to nothing. */
export interface Interferer<W> {
  /** Whether a fault or a preference may concern the request. */
  concerns(req: Request, world: W): boolean
  /** What they do to it. */
  meet(encounter: Encounter, world: W): Promise<Interference | undefined>
}

/** Answers a request for `target`, exactly once, and reports it. */
export type Serve<W> = (req: Request, res: Response, target: string, world: W) => Promise<void>

/** One request on its way; what becomes known is written down for the journal. */
interface Course<W> {
  readonly req: Request
  readonly res: Response
  readonly target: Target
  readonly world: W
  admitted?: boolean
  operation?: Operation
  reading?: Promise<Body>
  body?: Body
  parameters?: Parameters
  interference?: Interference | undefined
  refusal?: ApiError
  defect?: string
}

type Found = Extract<Match, { kind: 'operation' }>

const PROBLEM = 'application/problem+json'
const NO_BYTES = Buffer.alloc(0)

/** Serves an API by its document. */
export function createServe<W>(service: Service<W>): Serve<W> {
  const match = createMatcher(service.document.operations)
  return async (req, res, target, world) => {
    const started = performance.now()
    const course: Course<W> = { req, res, target: splitTarget(target), world }
    const answer = await answerRequest(service, match, course)
    const { distort, deliver } = course.interference ?? {}
    const headers = Object.assign(service.headers(world, req), answer.headers)
    const whole = { status: answer.status, headers, text: answer.text }
    const sent = distort ? distort(whole) : whole
    if (deliver) await deliver(res, sent)
    else send(res, sent)
    service.onExchange(exchangeOf(course, target, sent, performance.now() - started), world)
  }
}

async function answerRequest<W>(service: Service<W>, match: Matcher, course: Course<W>): Promise<Answer> {
  const { path } = course.target
  const { method } = course.req
  const found = locate(service.document.basePath, match, method, path)
  if (found.kind === 'unknown-path') return refuseUnmatched(course, unknownPath(service.document, path))
  if (found.kind === 'wrong-method' && method === 'OPTIONS')
    return { status: 204, headers: service.preflight(found.allow, course.req) }
  if (found.kind === 'wrong-method') return refuseUnmatched(course, wrongMethod(method, path, found.allow))
  course.operation = found.operation
  try {
    return await perform(service, found, course)
  } catch (error) {
    return refuse(service, found, error, course)
  }
}

/**
 * The straight list: fault, key, Accept, body, parameters, validation, handler, judge of the reply, bytes. It waits only
 * for what is not there yet: each wait for nothing is a turn of the queue.
 */
async function perform<W>(service: Service<W>, { operation, segments }: Found, course: Course<W>): Promise<Answer> {
  const { req, target, world } = course
  if (service.interferer?.concerns(req, world)) await interfere(service.interferer, operation, course)
  if (course.interference?.instead) return course.interference.instead
  service.admit(operation, req)
  const mediaType = requireAcceptable(operation, req.headers.accept)
  const body = operation.requestBody ? await bodyOf(course, operation) : ignoreBody(req)
  const parameters = readParameters(operation, segments, target.search, req.headers)
  course.parameters = parameters
  const judging = service.enforcer.enforceRequest(operation, parameters, body)
  if (judging) await judging
  course.admitted = true
  const schema = operation.requestBody?.content[body.mediaType ?? '']
  const { path, query, unknownQuery } = parameters
  const input = { path, query, unknownQuery, body: schema && project(body.value, schema) }
  const replying = course.interference?.reply ?? service.call(operation, input, world)
  const reply = replying instanceof Promise ? await replying : replying
  const judgingReply = service.enforcer.enforceReply(operation, reply, mediaType)
  if (judgingReply) await judgingReply
  return render(operation, reply, mediaType)
}

async function interfere<W>(interferer: Interferer<W>, operation: Operation, course: Course<W>): Promise<void> {
  const { req, target, world } = course
  const body = () => bodyOf(course, operation)
  course.interference = await interferer.meet({ operation, req, target, body }, world)
  const { delay, refusal } = course.interference ?? {}
  if (delay) await sleep(delay)
  if (refusal) throw refusal
}

/** The request's body, read once: who asks again after it could not be read gets the same refusal. */
async function bodyOf<W>(course: Course<W>, operation: Operation): Promise<Body> {
  course.reading ??= readBody(operation, course.req, course.res)
  course.body = await course.reading
  return course.body
}

/** Turns what was thrown into problem details, and holds those to the document too. */
async function refuse<W>(service: Service<W>, found: Found, thrown: unknown, course: Course<W>): Promise<Answer> {
  const { operation, allow } = found
  const { document, enforcer } = service
  const refusal =
    thrown instanceof ApiError ? withCitations(document, operation, course.body?.mediaType, thrown) : undefined
  if (refusal) course.refusal = refusal
  else course.defect = messageOf(thrown)
  const error = refusal ?? defect()
  const headers = error.status === 405 ? { ...error.headers, Allow: allow.join(', ') } : error.headers
  const reply = { status: error.status, headers, value: problemOf(error, course.target.path) }
  try {
    await enforcer.enforceReply(operation, reply, PROBLEM)
  } catch (fault) {
    course.defect = messageOf(fault)
    if (error.status !== 500) return refuse(service, found, fault, course)
  }
  return render(operation, reply, PROBLEM)
}

const defect = () =>
  new ApiError(500, 'The mock failed, or was about to break its document. Its log says where; please report it.')

const messageOf = (thrown: unknown) => (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown))

function locate(basePath: string, match: Matcher, method: string, path: string): Match {
  return path.startsWith(`${basePath}/`) ? match(method, path.slice(basePath.length)) : { kind: 'unknown-path' }
}

/** A refusal that no operation documents, since none was found. */
function refuseUnmatched<W>(course: Course<W>, refusal: ApiError): Answer {
  course.refusal = refusal
  const headers = { ...refusal.headers, 'Content-Type': PROBLEM }
  return { status: refusal.status, headers, text: JSON.stringify(problemOf(refusal, course.target.path)) }
}

/** Sends the body as text: Node then writes head and body at once, and a second write costs more than all of our work. */
function send(res: Response, { status, headers, text = '' }: Answer): void {
  res.writeHead(status, status === 204 ? headers : { ...headers, 'Content-Length': Buffer.byteLength(text) })
  res.end(text)
}

function exchangeOf<W>(course: Course<W>, target: string, answer: Answer, milliseconds: number): Exchange {
  const { req, operation, body, parameters, interference, refusal, defect } = course
  return {
    method: req.method,
    target,
    requestHeaders: req.headers,
    requestBody: body?.bytes ?? NO_BYTES,
    requestValue: body?.value,
    status: answer.status,
    responseHeaders: answer.headers,
    responseText: answer.text ?? '',
    milliseconds,
    violations: refusal?.violations ?? [],
    admitted: course.admitted ?? false,
    unknownQuery: parameters?.unknownQuery ?? [],
    operationId: operation?.id,
    interference: interference?.name,
    defect,
  }
}
