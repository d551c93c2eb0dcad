import type { Redaction } from '../../http/redaction/redaction.ts'
import { type MockEvent, placeOf, RETRY, textOf } from './event.ts'
import { createHistory, type History } from './history.ts'
import { createPending, type Pending } from './pending.ts'
import { requestEvent } from './request-event.ts'

/** Gives events their ids, and writes them as text. */
export interface Writer {
  readonly history: History
  readonly pending: Pending
  write(event: MockEvent): string
  /** Writes requests that wait, the oldest first, and before them how many were left out. */
  writeRequests(): string[]
  /** The first text of a listener: the events after the one of this id, if they are known, or where it starts. */
  start(after?: string): string
}

/** The requests, and the characters of them, that are written at a time, which takes a fiftieth of the time at any rate. */
export const AT_A_TIME = { requests: 50, characters: 1024 * 1024 } as const

/**
 * The latest requests that are written at a time once more have come than can wait, until they come slower. Nobody reads them one by
 * one, and what is written costs the rate.
 */
export const IN_A_FLOOD = 10

/** So often requests are written before another gap is told: each makes a page ask anew for what it shows. */
const GAP_EVERY = 10

/** Starts without events; the first gets the id after `lastId`. */
export function createWriter(lastId: number, redaction: Redaction): Writer {
  const history = createHistory(lastId)
  const pending = createPending()
  const write = (event: MockEvent) => {
    const id = history.nextId()
    const text = textOf(id, event)
    history.add(id, text)
    return text
  }
  const writeSome = () => {
    const texts: string[] = []
    for (let length = 0; texts.length < AT_A_TIME.requests && length < AT_A_TIME.characters; ) {
      const next = pending.take()
      if (next === undefined) break
      const text = write(requestEvent(next.request, next.session, redaction))
      length += text.length
      texts.push(text)
    }
    return texts
  }
  let rounds = GAP_EVERY
  let isFlooded = false
  return {
    history,
    pending,
    write,
    writeRequests: () => {
      rounds += 1
      isFlooded = pending.size > AT_A_TIME.requests && (isFlooded || pending.hasMissed)
      if (isFlooded) pending.leave(IN_A_FLOOD)
      // The first gap is told at once, and the last one when the rest is told.
      const isDue = rounds >= GAP_EVERY || (!isFlooded && pending.size <= AT_A_TIME.requests)
      const missed = isDue ? pending.takeMissed() : 0
      if (missed > 0) rounds = 0
      return [...(missed > 0 ? [write(leftOut(missed))] : []), ...writeSome()]
    },
    start: (after) => {
      const here = RETRY + placeOf(history.lastId)
      if (after === undefined) return here
      const known = /^\d{1,16}$/.test(after) ? history.after(Number(after)) : undefined
      return known ? RETRY + known.join('') : here + textOf(history.lastId, unknownId())
    },
  }
}

const leftOut = (missed: number): MockEvent => ({
  event: 'gap',
  data: {
    reason: 'rate',
    missed,
    detail: `${missed} requests came faster than they could be shown. GET /__admin/requests has the latest of a session.`,
  },
})

const unknownId = (): MockEvent => ({
  event: 'gap',
  data: {
    reason: 'unknown-id',
    detail:
      'The events after this Last-Event-ID are not known any more. Ask for what you show anew: any of it may have changed.',
  },
})
