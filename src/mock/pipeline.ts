import type { Redaction } from '../http/redaction/redaction.ts'
import { ApiError } from '../openapi/api-error.ts'
import { project } from '../openapi/codecs/project.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { createMatcher, type Match, type Matcher } from '../openapi/match.ts'
import { isOfMissingFiles, MISSING_FILES } from '../openapi/missing-files.ts'
import type { Operation } from '../openapi/operation.ts'
import type { MatchedRequest } from './exchange/matched-request.ts'
import type { Reply } from './exchange/reply.ts'
import type { MockRequest } from './exchange/request.ts'
import { splitTarget } from './exchange/request-target.ts'
import type { MockResponse, Send } from './exchange/response.ts'
import { exchangeOf, noteBody, startTrace, type Trace } from './exchange/trace.ts'
import type { FindHooks, Hooks } from './hooks.ts'
import { isPreflight } from './http/cors.ts'
import type { Adapt } from './next-version/adapt-reply.ts'
import type { ValidInput } from './operations/index.ts'
import type { Exchange } from './requests/exchange.ts'
import { serialize } from './serialize.ts'
import { sleep } from './sleep.ts'
import { requireAcceptable } from './validation/accept.ts'
import { type Body, readBody } from './validation/body.ts'
import { withCitations } from './validation/citation.ts'
import { ignoredIn } from './validation/ignored.ts'
import { type Parameters, readParameters } from './validation/parameters.ts'
import { PROBLEM_TYPE, problemOf } from './validation/problem.ts'
import { refuse as refuseInvalid } from './validation/refusal.ts'
import { unknownPath, wrongMethod } from './validation/unmatched.ts'
import type { Validation } from './validation/validation.ts'

/** An API to serve by its document. `C` is the context that its operations work on, such as a session. */
export interface Api<C> {
  readonly document: ApiDocument
  readonly validation: Validation
  /** Knows the keys of the mock. */
  readonly redaction: Redaction
  /** Throws an ApiError to refuse a client that may not call the operation. */
  readonly authenticate: (operation: Operation, request: MockRequest) => void
  /** Chooses the media type of a success; by default the best that `Accept` allows, or a 406. */
  readonly negotiate?: (operation: Operation, accept: string | undefined) => string
  /** Changes the response to a path or method that no operation has, or to OPTIONS. */
  readonly unmatched?: (response: MockResponse, request: MockRequest) => MockResponse
  /** Faults and preferences. */
  readonly findHooks?: FindHooks<C>
  /** Finds the hooks of a request that no operation is for. Of these only `afterMatch` and those after it run. */
  readonly findHooksOfNone?: (request: MockRequest, context: C) => Promise<Hooks | undefined>
  readonly handle: (operation: Operation, input: ValidInput, context: C) => Reply | Promise<Reply>
  /** Fits replies to a document that the handlers were not written for. */
  readonly adapt?: Adapt
  /** Headers of every response. They give way to those of the response itself. */
  readonly headers: (context: C, request: MockRequest) => Readonly<Record<string, string>>
  /**
   * Headers that answer OPTIONS on a path with these methods; a preflight of an unknown path has none. Undefined for a preflight
   * that is refused as any other request of an unknown path.
   */
  readonly optionsHeaders: (
    allow: readonly string[],
    request: MockRequest,
  ) => Readonly<Record<string, string>> | undefined
  /** Milliseconds that every request waits before anything is done, preflights excepted. */
  readonly delay?: number
  /** Called once for each request, after its response was sent. */
  readonly onExchange: (exchange: Exchange, context: C, request: MockRequest) => void
}

/** Runs one request through all steps and reports it. Rejects only for a client that left, or a listener that throws. */
export type Pipeline<C> = (request: MockRequest, context: C, send: Send) => Promise<void>

/** Makes the pipeline of an API: match, then the steps in `perform`, then `send`. A refusal at any step is a response. */
export function createPipeline<C>(api: Api<C>): Pipeline<C> {
  const matchPath = createMatcher(api.document.operations)
  return async (request, context, send) => {
    const trace = startTrace(request)
    if (api.delay && !isPreflight(request)) await sleep(api.delay, request.signal)
    const found = match(api, matchPath, request, trace)
    const response =
      found.kind === 'operation'
        ? await respond(api, found, context, trace)
        : await respondByHooks(api, api.unmatched?.(found.response, request) ?? found.response, context, trace)
    const whole = { ...response, headers: joinHeaders(api.headers(context, request), response.headers) }
    const sent = trace.hooks?.beforeSend?.(whole) ?? whole
    await send(sent)
    api.onExchange(exchangeOf(trace, sent), context, request)
  }
}

/**
 * The headers of every response and those of one, which win. What both vary by stands together. To spread both takes V8 of Node 20
 * five times as long.
 */
function joinHeaders(every: Headers, own: Headers): Headers {
  const joined = Object.assign({}, every, own)
  return own.Vary === undefined || every.Vary === undefined ? joined : { ...joined, Vary: `${own.Vary}, ${every.Vary}` }
}

type Headers = Readonly<Record<string, string>>

/** A request of an operation, or the response to one of none. */
type Found =
  | ({ readonly kind: 'operation' } & MatchedRequest)
  | { readonly kind: 'none'; readonly response: MockResponse }

function match<C>(api: Api<C>, matchPath: Matcher, request: MockRequest, trace: Trace): Found {
  const target = splitTarget(request.target)
  const found = findOperation(api.document, matchPath, request.method, target.path)
  if (found.kind !== 'operation') return { kind: 'none', response: respondToNone(api, found, target.path, trace) }
  const { operation, segments, allow } = found
  trace.operation = operation
  let body: Promise<Body> | undefined
  const readOnce = () => {
    body ??= noteBody(trace, readBody(operation, request))
    return body
  }
  return { kind: 'operation', operation, segments, allow, request, target, body: readOnce }
}

function findOperation({ basePath }: ApiDocument, matchPath: Matcher, method: string, path: string): Match {
  return path.startsWith(`${basePath}/`) ? matchPath(method, path.slice(basePath.length)) : { kind: 'unknown-path' }
}

type Unmatched = Exclude<Match, { kind: 'operation' }>

function respondToNone<C>(api: Api<C>, found: Unmatched, path: string, trace: Trace): MockResponse {
  const { request } = trace
  const allow = found.kind === 'wrong-method' ? found.allow : []
  const isAsked = isPreflight(request) || (request.method === 'OPTIONS' && allow.length > 0)
  const options = isAsked ? api.optionsHeaders(allow, request) : undefined
  if (options) return { status: 204, headers: options }
  const refusal =
    found.kind === 'unknown-path'
      ? unknownPath(api.document, request.method, path)
      : wrongMethod(request.method, path, found.allow)
  trace.refusal = refusal
  const headers = { ...refusal.headers, 'Content-Type': PROBLEM_TYPE }
  return { status: refusal.status, headers, body: JSON.stringify(problemOf(refusal, path, api.redaction)) }
}

async function respondByHooks<C>(api: Api<C>, response: MockResponse, context: C, trace: Trace): Promise<MockResponse> {
  trace.hooks = await api.findHooksOfNone?.(trace.request, context)
  return (await trace.hooks?.afterMatch?.()) ?? response
}

async function respond<C>(api: Api<C>, matched: MatchedRequest, context: C, trace: Trace): Promise<MockResponse> {
  try {
    return await perform(api, matched, context, trace)
  } catch (error) {
    if (matched.request.signal?.aborted) throw error
    return refuse(api, matched, error, trace)
  }
}

/** All steps between `match` and `send`. */
async function perform<C>(api: Api<C>, matched: MatchedRequest, context: C, trace: Trace): Promise<MockResponse> {
  const { operation, request } = matched
  const hooks = request.sessionProblem ? undefined : await api.findHooks?.(matched, context)
  trace.hooks = hooks
  const early = await hooks?.afterMatch?.(request.signal)
  if (early) return early
  api.authenticate(operation, request)
  const mediaType = negotiate(api, matched)
  const decoded = await decode(matched, trace)
  if (request.sessionProblem) throw refuseInvalid(operation, [request.sessionProblem])
  const input = await validate(api, operation, decoded)
  trace.isValid = true
  trace.ignored = input.ignored
  request.signal?.throwIfAborted()
  const reply = await handle(api, hooks, operation, input, context)
  return check(api, operation, reply, mediaType)
}

async function check<C>({ adapt, validation }: Api<C>, operation: Operation, given: Reply, wanted: string) {
  if (given.whole) return given.whole
  const { reply, mediaType } = adapt ? await adapt(operation, given, wanted) : { reply: given, mediaType: wanted }
  await validation.reply(operation, reply, mediaType)
  return serialize(operation, reply, mediaType)
}

function negotiate<C>(
  { negotiate: choose = requireAcceptable }: Api<C>,
  { operation, request: { headers } }: MatchedRequest,
): string {
  return choose(operation, headers.accept === undefined ? undefined : String(headers.accept))
}

/** A request after the `decode` step. What could not be decoded stands in the violations of its part. */
interface DecodedRequest {
  readonly parameters: Parameters
  readonly body: Body
}

async function decode(matched: MatchedRequest, trace: Trace): Promise<DecodedRequest> {
  const body = await matched.body()
  const parameters = readParameters(matched.operation, matched.segments, matched.target.search, matched.request.headers)
  trace.parameters = parameters
  return { parameters, body }
}

async function validate<C>({ validation }: Api<C>, operation: Operation, decoded: DecodedRequest): Promise<ValidInput> {
  const { parameters, body } = decoded
  await validation.request(operation, parameters, body)
  const { path, query, unknownQuery } = parameters
  const ignored = ignoredIn(operation, parameters, body)
  const schema = operation.requestBody?.content[body.mediaType ?? '']
  return { path, query, unknownQuery, ignored, body: schema && project(body.value, schema), files: body.files }
}

function handle<C>(api: Api<C>, hooks: Hooks | undefined, operation: Operation, input: ValidInput, context: C) {
  return hooks?.handle ? hooks.handle(input) : api.handle(operation, input, context)
}

/** Turns what was thrown into problem details, and validates those too. */
async function refuse<C>(api: Api<C>, matched: MatchedRequest, thrown: unknown, trace: Trace): Promise<MockResponse> {
  const { operation, allow, target } = matched
  const mediaType = trace.body?.mediaType
  const refusal = thrown instanceof ApiError ? withCitations(api.document, operation, mediaType, thrown) : undefined
  if (refusal) trace.refusal = refusal
  else trace.defect = textOf(thrown)
  const error = refusal ?? internalError(thrown)
  const headers = error.status === 405 ? { ...error.headers, Allow: allow.join(', ') } : error.headers
  const reply = { status: error.status, headers, value: problemOf(error, target.path, api.redaction) }
  try {
    return await check(api, operation, reply, PROBLEM_TYPE)
  } catch (fault) {
    trace.defect ??= textOf(fault)
    if (error.status !== 500) return refuse(api, matched, fault, trace)
  }
  return serialize(operation, reply, PROBLEM_TYPE)
}

const internalError = (thrown: unknown) =>
  new ApiError(
    500,
    isOfMissingFiles(thrown)
      ? MISSING_FILES
      : 'The mock failed, or was about to break its document. Its log says where; please report it.',
  )

function textOf(thrown: unknown): string {
  if (isOfMissingFiles(thrown)) return MISSING_FILES
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
}
