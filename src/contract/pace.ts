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

/** So often requests were sent more slowly before it is asked whether that helps. */
const TRIES = 2
/** A slower pace helps if so many times more requests pass before one is put off again. */
const HELPFUL = 2

export function createPace(perSecond: number | undefined, now: () => number): Pace {
  const wanted = perSecond === undefined ? 0 : 1000 / perSecond
  let interval = wanted
  let nextAt = 0
  /** How many requests passed each time before one was put off. */
  const passed: number[] = []
  let isInVain = false
  // The time since the last slowing down, and what was answered in it.
  let [startedAt, answered, waited] = [now(), 0, 0]

  /** Milliseconds between two requests, so that the server takes them. */
  const sustainable = () => Math.max(now() - startedAt, waited) / Math.max(answered, 1) / CAUTION
  /** Some servers put requests off by their number, or at random, however slowly they come. */
  const slowDown = () => {
    isInVain ||= passed.length >= TRIES && answered < HELPFUL * mean(passed)
    passed.push(answered)
    interval = isInVain ? wanted : Math.max(interval, sustainable())
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

const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length
