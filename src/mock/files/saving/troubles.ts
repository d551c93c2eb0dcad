/** Says each trouble once, and once when it is over. */
export interface Troubles {
  readonly isAny: boolean
  /** Says a trouble of a kind, unless it was the last that was said of the kind. */
  begin(kind: string, message: string): void
  /** Says that the trouble of a kind is over, if there was one. */
  end(kind: string, message: string): void
}

/** Starts without trouble. */
export function createTroubles(say: (message: string) => void): Troubles {
  const said = new Map<string, string>()
  return {
    get isAny() {
      return said.size > 0
    },
    begin: (kind, message) => {
      if (said.get(kind) === message) return
      said.set(kind, message)
      say(message)
    },
    end: (kind, message) => {
      if (said.delete(kind)) say(message)
    },
  }
}
