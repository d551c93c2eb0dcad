import type { Events, EventsServices } from './events.ts'

/** Taken when the mock is loaded, so that timers which a test fakes later do not stop the events. */
const [startTimer, stopTimer] = [setInterval, clearInterval]

/** Calls back every so many milliseconds until the returned function is called. A process that waits for events stays alive. */
const every = (ms: number, work: () => void): (() => void) => {
  const timer = startTimer(work, ms)
  return () => stopTimer(timer)
}

/** The events of a mock, whose code is loaded for the first listener. */
export function lazyEvents(services: EventsServices): Events {
  let feed: Events | undefined
  return {
    get note() {
      return feed?.note
    },
    open: async (after) => {
      const { createFeed } = await import('./feed.ts')
      feed ??= createFeed({ ...services, every, uptime: () => performance.now(), lastId: now() })
      return feed.open(after)
    },
  }
}

/** Ids count up from the time in microseconds, so that an id from before a restart is not taken for one of now. */
const now = () => Math.floor((performance.timeOrigin + performance.now()) * 1_000)
