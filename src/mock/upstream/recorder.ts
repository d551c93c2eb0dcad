import type { Operation } from '../../openapi/operation.ts'

/** Notes for a recording on the records that it does not have, or not whole. */
export interface Recorder {
  /** A record that does not conform was left out. */
  leaveOut(place: string, why: string): void
  /** A property that the document does not name was left out. */
  noteUnknown(operation: Operation, name: string): void
  readonly leftOut: ReadonlyMap<string, string>
  readonly unknown: ReadonlyMap<string, number>
}

const MOST_NAMED = 1_000

export function createRecorder(): Recorder {
  const leftOut = new Map<string, string>()
  const unknown = new Map<string, number>()
  return {
    leftOut,
    unknown,
    leaveOut: (place, why) => {
      if (leftOut.has(place) || leftOut.size < MOST_NAMED) leftOut.set(place, why)
    },
    noteUnknown: ({ id }, name) => {
      const key = `${id} ${name}`
      if (unknown.has(key) || unknown.size < MOST_NAMED) unknown.set(key, (unknown.get(key) ?? 0) + 1)
    },
  }
}
