import { type Cell, createCell } from '../parts/cell.ts'
import { createStreamParser, type StreamEvent } from './event-stream.ts'

/**
 * How the page hears of the mock. `live`: over the stream of events. `polling`: by asking, because the mock has no stream or no
 * place left in it. `lost`: it does not answer. `locked`: it asks for its token.
 */
export type Connection = 'connecting' | 'live' | 'polling' | 'lost' | 'locked'

/** The page's ear. */
export interface Live {
  readonly connection: Cell<Connection>
  /** Connects anew, as after a change of session or token. */
  restart(): void
  stop(): void
}

export interface LiveOptions {
  /** Opens the stream of events. */
  readonly open: (headers: Record<string, string>, signal: AbortSignal) => Promise<Response>
  /** Called with the events that came together. */
  readonly onEvents: (events: readonly StreamEvent[]) => void
  /** Called when events were missed: after a connection that does not go on after an event, and at each poll. */
  readonly onGap: () => Promise<void>
  /** Calls back when the page is drawn next. A hidden page is not drawn, and has no use for anything new. */
  readonly onFrame: (work: () => void) => void
  /** Milliseconds. */
  readonly retry?: number
  readonly poll?: number
  readonly silence?: number
}

const RETRY = 1_000
const POLL = 2_000
/** The stream sends a comment at least this often, in milliseconds; a silent one is broken. */
const SILENCE = 60_000
/** Events of so many milliseconds are given together. */
const TOGETHER = 100
/** So many events in that time are a flood, and are given together for longer: each drawing takes time from the mock and its clients. */
const FLOOD = { events: 10, milliseconds: 1_000 } as const
/** The events that wait for a page that is not drawn. Beyond them it asks for what it shows, once it is drawn. */
const WAITING = { events: 2_000, characters: 16 * 1024 * 1024 } as const

export function createLive(options: LiveOptions): Live {
  const connection = createCell<Connection>('connecting')
  let running = new AbortController()
  let lastId = ''
  const start = () => {
    running = new AbortController()
    const seen = {
      get: () => lastId,
      set: (id: string) => {
        lastId = id
      },
    }
    void keepConnected(options, connection, seen, running.signal)
  }
  start()
  return {
    connection,
    restart: () => {
      running.abort()
      lastId = ''
      start()
    },
    stop: () => running.abort(),
  }
}

/** The id to continue after; '' before there is one. */
interface LastId {
  get(): string
  readonly set: (id: string) => void
}

async function keepConnected(options: LiveOptions, connection: Cell<Connection>, lastId: LastId, signal: AbortSignal) {
  while (!signal.aborted) {
    const next = await connectOnce(options, connection, lastId, signal).catch((): Connection => 'lost')
    if (signal.aborted) return
    connection.set(next)
    if (next === 'locked') return
    await pause(next === 'polling' ? (options.poll ?? POLL) : (options.retry ?? RETRY), signal)
    if (next === 'polling') await new Promise<void>(options.onFrame)
  }
}

/** Listens until the stream ends; resolves with the state that follows. */
async function connectOnce(
  options: LiveOptions,
  connection: Cell<Connection>,
  lastId: LastId,
  signal: AbortSignal,
): Promise<Connection> {
  const { open, onGap } = options
  const after = lastId.get()
  const headers = { Accept: 'text/event-stream', ...(after !== '' && { 'Last-Event-ID': after }) }
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const response = await open(headers, either)
  if (response.status === 401) return 'locked'
  const isStream = response.ok && response.body !== null
  // A stream that goes on after an event tells itself what came since, or that it does not know.
  if (!isStream || after === '') await onGap()
  if (!isStream) return 'polling'
  connection.set('live')
  const parse = createStreamParser(lastId.set)
  const give = createBatch(options)
  await readStream(
    response.body,
    (text) => give(parse(text)),
    () => ended.abort(),
    options.silence ?? SILENCE,
  )
  return 'lost'
}

/** Reads until the end, or until nothing came for too long. */
async function readStream(
  body: ReadableStream<Uint8Array>,
  onText: (text: string) => void,
  onSilence: () => void,
  silence: number,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  for (;;) {
    const timer = setTimeout(onSilence, silence)
    const { done, value } = await reader.read().finally(() => clearTimeout(timer))
    if (done) return
    onText(decoder.decode(value, { stream: true }))
  }
}

/** Gathers events and gives them together when the page is drawn. */
function createBatch({ onEvents, onFrame }: LiveOptions): (events: readonly StreamEvent[]) => void {
  let waiting: StreamEvent[] = []
  let calmAt = 0
  const give = () => {
    const all = waiting
    waiting = []
    if (all.length >= FLOOD.events) calmAt = performance.now() + FLOOD.milliseconds
    onEvents(all)
  }
  return (events) => {
    if (events.length === 0) return
    const isFirst = waiting.length === 0
    waiting.push(...events)
    if (isTooMuch(waiting)) waiting = [MISSED]
    if (isFirst) setTimeout(() => onFrame(give), Math.max(TOGETHER, calmAt - performance.now()))
  }
}

/** Each event is counted too, since most are small. */
const isTooMuch = (events: readonly StreamEvent[]) =>
  events.length > WAITING.events || events.reduce((sum, { data }) => sum + data.length, 0) > WAITING.characters

/** In place of events that were too many to wait. */
const MISSED: StreamEvent = { id: '', event: 'gap', data: '{"reason":"unknown-id"}' }

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      // A page that is open for days pauses often on the same signal.
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
