/** Spaces the requests of a run: by the limit of the user, and by what a server that answers 429 turns out to take. */
export interface Pace {
  /** Takes the next turn: milliseconds to wait before it. */
  readonly delay: () => number
  /** A request was answered, and not put off. */
  readonly answered: () => void
  /** A request was put off by 429 for so many milliseconds. */
  readonly putOff: (ms: number) => void
  /** Requests per second that a server should take that asks to wait for so many milliseconds. */
  readonly advised: (ms: number) => number
}

/** Shorter waits are no sign that requests come too fast. */
const TELLING_MS = 100
/** The part of the rate that was seen to pass. */
const CAUTION = 0.8

export function createPace(perSecond: number | undefined, now: () => number): Pace {
  let interval = perSecond === undefined ? 0 : 1000 / perSecond
  let nextAt = 0
  // The time since the last slowing down, and what was answered in it.
  let [startedAt, answered, waited] = [now(), 0, 0]

  /** Milliseconds between two requests, so that the server takes them. */
  const sustainable = () => Math.max(now() - startedAt, waited) / Math.max(answered, 1) / CAUTION
  const slowDown = () => {
    interval = Math.max(interval, sustainable())
    ;[startedAt, answered, waited] = [now(), 0, 0]
  }
  return {
    delay: () => {
      if (interval === 0) return 0
      const wait = nextAt - now()
      nextAt = Math.max(nextAt, now()) + interval
      return wait
    },
    answered: () => {
      if (waited >= TELLING_MS) slowDown()
      answered += 1
    },
    putOff: (ms) => {
      waited += ms
    },
    advised: (ms) => {
      waited += ms
      return Math.max(1, Math.floor(1000 / Math.max(interval, sustainable())))
    },
  }
}
