/** The reason for which a session ended: unused for too long, one too many (or too much in all), or ended by a request. */
export type EndReason = 'idle' | 'cap' | 'ended'

/** The reasons for which sessions ended, by their ids; the oldest are forgotten. */
export interface EndReasons {
  add(id: string, reason: EndReason): void
  get(id: string): EndReason | undefined
  delete(id: string): void
}

export const MAX_REMEMBERED = 10_000

/** Starts empty. */
export function createEndReasons(): EndReasons {
  const reasons = new Map<string, EndReason>()
  return {
    add: (id, reason) => {
      reasons.delete(id)
      reasons.set(id, reason)
      const [oldest] = reasons.keys()
      if (reasons.size > MAX_REMEMBERED && oldest !== undefined) reasons.delete(oldest)
    },
    get: (id) => reasons.get(id),
    delete: (id) => void reasons.delete(id),
  }
}
