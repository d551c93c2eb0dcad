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
  /** Called when events may have been missed: after each connection, and at each poll. */
  readonly onGap: () => Promise<void>
  /** Milliseconds. */
  readonly retry?: number
  readonly poll?: number
  readonly silence?: number
}

const RETRY = 1_000
const POLL = 2_000
/** The stream sends a comment at least this often, in milliseconds; a silent one is broken. */
const SILENCE = 60_000
/** Events of so many milliseconds are given together: a page that draws at each of 5,000 a second would do nothing else. */
const TOGETHER = 100

export function createLive(options: LiveOptions): Live {
  const connection = createCell<Connection>('connecting')
  let running = new AbortController()
  let lastId = ''
  const start = () => {
    running = new AbortController()
    const seen = { get: () => lastId, set: (id: string) => (lastId = id) }
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

/** The id of the last event that was seen. */
interface LastId {
  get(): string
  set(id: string): unknown
}

async function keepConnected(options: LiveOptions, connection: Cell<Connection>, lastId: LastId, signal: AbortSignal) {
  while (!signal.aborted) {
    const next = await connectOnce(options, connection, lastId, signal).catch((): Connection => 'lost')
    if (signal.aborted) return
    connection.set(next)
    if (next === 'locked') return
    await pause(next === 'polling' ? (options.poll ?? POLL) : (options.retry ?? RETRY), signal)
  }
}

/** Listens until the stream ends; resolves with the state that follows. */
async function connectOnce(
  options: LiveOptions,
  connection: Cell<Connection>,
  lastId: LastId,
  signal: AbortSignal,
): Promise<Connection> {
  const { open, onGap, onEvents } = options
  const headers = { Accept: 'text/event-stream', ...(lastId.get() && { 'Last-Event-ID': lastId.get() }) }
  const ended = new AbortController()
  const either = AbortSignal.any([signal, ended.signal])
  const response = await open(headers, either)
  if (response.status === 401) return 'locked'
  await onGap()
  if (!response.ok || !response.body) return 'polling'
  connection.set('live')
  await readStream(response.body, createBatch(onEvents, lastId), () => ended.abort(), options.silence ?? SILENCE)
  return 'lost'
}

/** Reads until the end, or until nothing came for too long. */
async function readStream(
  body: ReadableStream<Uint8Array>,
  onEvent: (events: readonly StreamEvent[]) => void,
  onSilence: () => void,
  silence: number,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parse = createStreamParser()
  for (;;) {
    const timer = setTimeout(onSilence, silence)
    const { done, value } = await reader.read().finally(() => clearTimeout(timer))
    if (done) return
    onEvent(parse(decoder.decode(value, { stream: true })))
  }
}

/** Gathers events and gives them together. */
function createBatch(onEvents: LiveOptions['onEvents'], lastId: LastId): (events: readonly StreamEvent[]) => void {
  let waiting: StreamEvent[] = []
  return (events) => {
    if (events.length === 0) return
    lastId.set(events.at(-1)?.id ?? '')
    if (waiting.push(...events) > events.length) return
    setTimeout(() => {
      const all = waiting
      waiting = []
      onEvents(all)
    }, TOGETHER)
  }
}

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
