import { ApiError } from '../../openapi/api-error.ts'
import { type Changes, followChanges } from './changes.ts'
import { HEARTBEAT } from './event.ts'
import type { Events, EventsServices, NoteRequest } from './events.ts'
import { createListener, type Listener } from './listener.ts'
import { createWriter } from './writer.ts'

/** Sources that the events depend on besides. */
export interface FeedServices extends EventsServices {
  /** Calls back every so many milliseconds until the returned function is called. */
  readonly every: (ms: number, work: () => void) => () => void
  /** Milliseconds of a clock that nobody can set. */
  readonly uptime: () => number
  /** The number that ids count up from. */
  readonly lastId: number
}

/** Milliseconds between two looks: events that come together are sent together, and changes of one thing are one event. */
export const TICK = 100
/** Milliseconds between two heartbeats. */
export const HEARTBEAT_EVERY = 15_000
/** The clients that may listen at a time. */
export const MOST_LISTENERS = 16
/** Milliseconds for which requests are still noted after the last client has left, so that it can continue. */
export const RESUMABLE = 60_000

/** Starts without listeners. */
export function createFeed({ sessions, memory, live, runs, every, uptime, lastId, redaction }: FeedServices): Events {
  const { history, pending, write, writeRequests, start } = createWriter(lastId, redaction)
  let changes: Changes | undefined
  let stopTimer = () => {}
  const audience = createAudience(uptime, () => stopTimer())
  memory.share({
    get bytes() {
      return history.bytes + pending.bytes
    },
    forget: () => {
      history.forget()
      pending.forget()
    },
  })
  const tick = () => {
    const texts = [...writeRequests(), ...(changes?.look() ?? []).map(write)]
    audience.send(texts.join(''))
  }
  const begin = () => {
    if (changes) tick()
    else changes = followChanges(sessions, live, runs)
    stopTimer = every(TICK, tick)
  }
  const note: NoteRequest = (request, session) => {
    if (audience.goneFor() < RESUMABLE) return pending.add({ request, session })
    // Nobody came back in time: requests cost nothing from now on.
    changes = undefined
    history.skip()
    pending.forget()
    pending.takeMissed()
  }
  return {
    get note() {
      return changes && note
    },
    open: async (after) => {
      if (audience.size >= MOST_LISTENERS) throw tooMany()
      if (audience.size === 0) begin()
      return audience.add(start(after))
    },
  }
}

const tooMany = () =>
  new ApiError(
    503,
    `${MOST_LISTENERS} clients listen to the events already. Close a page of the mock, or another client, and ask again.`,
    [],
    { 'Retry-After': '5' },
  )

/** The clients that listen. */
interface Audience {
  readonly size: number
  /** Milliseconds since the last one has left; 0 while one is there. */
  goneFor(): number
  /** Sends a text to all, and a heartbeat where nothing else is due. */
  send(text: string): void
  add(first: string): ReadableStream<Uint8Array>
}

/** `onEmpty` is called when the last one has left. */
function createAudience(uptime: () => number, onEmpty: () => void): Audience {
  const listeners = new Set<Listener>()
  const encoder = new TextEncoder()
  let leftAt = 0
  let sentAt = 0
  const leave = (listener: Listener) => {
    if (!listeners.delete(listener) || listeners.size > 0) return
    leftAt = uptime()
    onEmpty()
  }
  return {
    get size() {
      return listeners.size
    },
    goneFor: () => (listeners.size > 0 ? 0 : uptime() - leftAt),
    send: (text) => {
      const isDue = uptime() - sentAt >= HEARTBEAT_EVERY
      if (text === '' && !isDue) return
      const bytes = encoder.encode(isDue ? text + HEARTBEAT : text)
      if (isDue) sentAt = uptime()
      for (const listener of listeners) if (!listener.push(bytes)) leave(listener)
    },
    add: (first) => {
      if (listeners.size === 0) sentAt = uptime()
      const listener = createListener(leave)
      listeners.add(listener)
      listener.push(encoder.encode(first))
      return listener.stream
    },
  }
}
