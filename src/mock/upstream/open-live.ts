import type { Redaction } from '../../http/redaction/redaction.ts'
import { failed, type Sent, type SentRequest, type Transport } from '../../http/transport/transport.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import type { Reply } from '../exchange/reply.ts'
import type { MockRequest } from '../exchange/request.ts'
import type { MockResponse } from '../exchange/response.ts'
import type { FindHooks, Hooks } from '../hooks.ts'
import { isPreflight } from '../http/cors.ts'
import type { ValidInput } from '../operations/index.ts'
import type { Session } from '../sessions/session.ts'
import { crossCheck } from './cross-check.ts'
import { createKnowledge } from './knowledge.ts'
import { hasPassed } from './live-request.ts'
import { REASON, SOURCE } from './live-response.ts'
import { type LiveSide, problemResponse } from './live-side.ts'
import { createMemo } from './memo.ts'
import type { MockSide } from './mock-side.ts'
import { createNote, type Note } from './note.ts'
import { type Asked, outcomeOf } from './outcome.ts'
import { type PassedRequest, pass, passUnmatched } from './passing.ts'
import { read, recall } from './reading.ts'
import { createRecorder } from './recorder.ts'
import { type Settings, wayOf } from './settings.ts'
import { UPSTREAM_DEFAULTS, type UpstreamOptions } from './upstream-options.ts'
import type { ViolationLog } from './violation-log.ts'
import { markIfWritten, writeHere } from './writing.ts'

/** The services that the side of a live server takes from the mock. */
export interface LiveServices {
  readonly transport: Transport
  readonly document: () => ApiDocument
  readonly apiKeys: readonly string[]
  readonly redaction: Redaction
  readonly settings: () => Settings
  readonly violations: ViolationLog
  /** The name of this mock among others that ask each other. */
  readonly name: string
  /** Bytes that may be held of what the live server said. */
  readonly maxKnown: () => number
}

/** The hooks that ask a live server, and what they share. */
export interface OpenedLive {
  /** The hooks of a request: those of faults and preferences, around those that ask the live server. */
  readonly hooksBy: (mock: MockSide) => FindHooks<Session>
  /** The hooks of a request that no operation is for. */
  readonly hooksOfNone: (request: MockRequest) => Promise<Hooks | undefined>
  readonly side: LiveSide
  /** True once a request came back that this mock had sent. */
  readonly hasMetItself: () => boolean
}

/** Opens the way to a live server. */
export function openLive(options: UpstreamOptions, services: LiveServices): OpenedLive {
  const side = sideOf(options, services)
  const { settings, violations, keys } = side
  const { document } = services
  let met = false
  const loops = (request: MockRequest) => {
    const isLoop = hasPassed(request.headers, keys.name)
    met ||= isLoop
    return isLoop
  }
  return {
    side,
    hasMetItself: () => met,
    hooksBy: (mock) => async (matched, session) => {
      const fault = await mock.findHooks?.(matched, session)
      side.recorder.noteSecrets(matched.request.headers)
      const note = createNote(violations)
      const around = (own: Partial<Hooks>) => joined(fault, own, note)
      if (loops(matched.request)) return around({ afterMatch: async () => loopResponse(side, matched.request) })
      const request = { side, mock, matched, session, note }
      const way = wayOf(settings(), matched.operation.id)
      if (way === 'mock') return around({})
      if (way === 'read') return around({ handle: (input) => readOrWrite({ ...request, input }) })
      return around(passing({ ...request, crossCheck: way === 'check' ? crossCheck : undefined }))
    },
    hooksOfNone: async (request) => {
      const isPassed = settings().mode !== 'read' && !isPreflight(request) && !request.sessionProblem
      if (loops(request) || !isPassed || !isBelow(document(), request)) return undefined
      const note = createNote(violations)
      const afterMatch = () => passUnmatched(side, document().basePath, request, note)
      return joined(undefined, { afterMatch }, note)
    },
  }
}

function sideOf(options: UpstreamOptions, services: LiveServices): LiveSide {
  const { maxBytes } = { ...UPSTREAM_DEFAULTS, ...options }
  const { transport, apiKeys, redaction, name, settings, violations } = services
  const ask = async (request: SentRequest, signal?: AbortSignal): Promise<Asked> => {
    if (settings().pause) return { outcome: { kind: 'down', why: 'is paused' }, ms: 0 }
    const started = performance.now()
    const sent = await transport.send(request, signal).catch(unsent)
    return { outcome: outcomeOf(sent, maxBytes), ms: performance.now() - started }
  }
  return {
    host: new URL(options.url).host,
    settings,
    keys: { live: options.clientKey ? undefined : options.key, accepted: apiKeys, name },
    maxBytes,
    redaction,
    ask,
    knowledge: createKnowledge(services.maxKnown),
    recorder: createRecorder(),
    memo: createMemo(),
    violations,
  }
}

/** Node refuses to send a header or a path that no request can have. */
const unsent = (error: unknown): Sent =>
  failed(`the request cannot be sent (${error instanceof Error ? error.message : error})`, 'HPE_UNSENT')

const isBelow = ({ basePath }: ApiDocument, { target }: MockRequest) => target.startsWith(`${basePath}/`)

type ReadOrWrite = Parameters<typeof read>[0]

/** A replay of the journal needs the records that a read has put into the store. */
async function readOrWrite(request: ReadOrWrite): Promise<Reply> {
  if (request.matched.operation.method !== 'GET') return writeHere(request)
  const { written } = request.session.store
  const reply = await read(request)
  markIfWritten(request.session, written)
  return reply
}

const NOT_ASKED: Asked = { outcome: { kind: 'down', why: 'was not asked' }, ms: 0 }

/** Passes a request; if the live server is down, the pipeline goes on and the store answers. */
function passing(request: PassedRequest): Partial<Hooks> {
  return {
    afterMatch: () => pass(request),
    handle: (input: ValidInput) => recall({ ...request, input }, request.note.last ?? NOT_ASKED),
  }
}

function loopResponse(side: LiveSide, { target }: MockRequest): MockResponse {
  return problemResponse(
    side,
    target,
    508,
    `This request comes from this mock itself: ${side.host} leads back here. Name another server by --upstream.`,
  )
}

/** The hooks of a fault around those of the live server. A fault that answers by itself wins. */
function joined(fault: Hooks | undefined, own: Partial<Hooks>, note: Note): Hooks {
  const handle = fault?.handle ?? own.handle
  return {
    name: fault?.name,
    afterMatch: async (signal) => {
      const early = await fault?.afterMatch?.(signal)
      return early ?? (fault?.handle ? undefined : own.afterMatch?.(signal))
    },
    ...(handle && { handle }),
    beforeSend: (response) => marked(fault?.beforeSend ? changed(fault.beforeSend, response) : response, note),
    notes: () => note.notes,
  }
}

/** Changes a text as a fault asks for. Faults know the plain media types of the document, and no bytes. */
function changed(change: NonNullable<Hooks['beforeSend']>, response: MockResponse): MockResponse {
  const { bytes: _bytes, ...given } = response
  const type = given.headers[TYPE]
  const [plain] = type?.split(';') ?? []
  const made = unlessUnread(
    change,
    plain === undefined ? given : { ...given, headers: { ...given.headers, [TYPE]: plain.trim() } },
  )
  if (made.body !== response.body) return made
  return { ...response, ...made, headers: type === undefined ? made.headers : { ...made.headers, [TYPE]: type } }
}

const TYPE = 'Content-Type'

/** A live answer need not be what its Content-Type says. A fault that cannot read it has nothing to change. */
function unlessUnread(change: NonNullable<Hooks['beforeSend']>, given: MockResponse): MockResponse {
  try {
    return change(given)
  } catch {
    return given
  }
}

/** Says where the answer came from, also to pages. */
function marked(response: MockResponse, { headers: source }: Note): MockResponse {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) if (name !== REASON) headers[name] = value
  const exposed = headers[EXPOSE]
  if (exposed !== undefined) headers[EXPOSE] = `${exposed}, ${SOURCE}, ${REASON}`
  return { ...response, headers: Object.assign(headers, source) }
}

const EXPOSE = 'Access-Control-Expose-Headers'
