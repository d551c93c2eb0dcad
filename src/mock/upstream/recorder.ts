import type { Operation } from '../../openapi/operation.ts'
import { DEFAULTS } from '../defaults.ts'
import type { RequestHeaders } from '../exchange/request.ts'

/** Notes for a recording on the records that it does not have, or not whole. */
export interface Recorder {
  /** A record that does not conform was left out. */
  leaveOut(place: string, why: string): void
  /** Properties that the document does not name were left out; the pointers lead to them. */
  noteUnknown(operation: Pick<Operation, 'id'>, pointers: readonly string[]): void
  /** Secrets that came by in headers, which no file may show. */
  noteSecrets(headers: RequestHeaders): void
  readonly secrets: ReadonlySet<string>
  readonly leftOut: ReadonlyMap<string, string>
  readonly unknown: ReadonlyMap<string, number>
}

const MOST_NAMED = 1_000

export function createRecorder(): Recorder {
  const secrets = new Set<string>()
  const leftOut = new Map<string, string>()
  const unknown = new Map<string, number>()
  const addSecret = (value: RequestHeaders[string]) => {
    if (value !== undefined && secrets.size < MOST_NAMED) secrets.add(String(value))
  }
  return {
    secrets,
    noteSecrets: ({ api_key: key, authorization, cookie }) => {
      if (key !== DEFAULTS.apiKey) addSecret(key)
      addSecret(authorization)
      for (const pair of String(cookie ?? '').split(';'))
        addSecret(pair.slice(pair.indexOf('=') + 1).trim() || undefined)
    },
    leftOut,
    unknown,
    leaveOut: (place, why) => {
      if (leftOut.has(place) || leftOut.size < MOST_NAMED) leftOut.set(place, why)
    },
    noteUnknown: ({ id }, pointers) => {
      for (const pointer of pointers) {
        const key = `${id} ${pointer.replace(/\/\d+/g, '/*')}`
        if (unknown.has(key) || unknown.size < MOST_NAMED) unknown.set(key, (unknown.get(key) ?? 0) + 1)
      }
    },
  }
}
