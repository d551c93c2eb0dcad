import type { Redaction } from '../../http/redaction/redaction.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Recording } from '../admin/upstream-api.ts'
import { COLLECTIONS, type State } from '../store/state.ts'
import type { Knowledge } from './knowledge.ts'
import type { Recorder } from './recorder.ts'
import { createScrubber } from './scrub.ts'
import { SCRUBBED_FIELDS, type ScrubbedField } from './upstream-options.ts'

/** How a recording is written. */
export interface RecordingOptions {
  /** The live server, without user and password. */
  readonly url: string
  readonly seed: number
  readonly keep: readonly ScrubbedField[]
  readonly redaction: Redaction
  /** Secrets that came by, such as the keys of clients. */
  readonly secrets: Iterable<string>
}

/** The parts of what is known that a recording tells. */
export interface Recorded {
  readonly knowledge: Pick<Knowledge, 'store'>
  readonly recorder: Pick<Recorder, 'leftOut' | 'unknown'>
}

const HEADERS = ['the key', 'Authorization', 'cookies', 'queries of logins']

/** A state file of what the live server has shown, without secrets. It says first what was scrubbed. */
export function recordingOf({ knowledge, recorder }: Recorded, options: RecordingOptions): Recording & Partial<State> {
  const { url, seed, keep, redaction, secrets } = options
  const scrubber = createScrubber(seed, keep)
  for (const secret of secrets) scrubber.hide(secret)
  const { counters: _own, ...records } = knowledge.store.export()
  const state = redacted(scrubber.value(records), redaction)
  return {
    recording: {
      of: url,
      scrubbed: [...HEADERS, ...SCRUBBED_FIELDS.filter((field) => !keep.includes(field))],
      kept: keep,
      leftOut: redacted(scrubber.value(Object.fromEntries(recorder.leftOut)), redaction),
      unknownProperties: Object.fromEntries(recorder.unknown),
    },
    ...state,
    counters: countersOf(state),
  }
}

/** Hides what is a secret by its form, in every text. Values of personal fields are fakes by now. */
function redacted<T>(value: T, redaction: Redaction): T {
  if (typeof value === 'string') return redaction.phrase(value) as T
  if (Array.isArray(value)) return value.map((item) => redacted(item, redaction)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, redacted(child, redaction)])) as T
}

/** New records count on from the highest that is there. */
function countersOf({ orders, domains }: Omit<State, 'counters'>): State['counters'] {
  const highest = orders.reduce((most, { id }) => Math.max(most, Number(id)), 0)
  return { order: Number.isSafeInteger(highest) ? highest : 0, domain: domains.length }
}

/** A recording with the records of an earlier one that the newer one does not have. */
export function mergedRecording(
  earlier: Partial<State>,
  later: Recording & Partial<State>,
  gone: (collection: (typeof COLLECTIONS)[number], key: string | number) => boolean,
): Recording & Partial<State> {
  const keyOf = (record: object) => plainText(Reflect.get(record, 'username') ?? Reflect.get(record, 'id'))
  const merged = Object.fromEntries(
    COLLECTIONS.map((name) => {
      const now: readonly object[] = later[name] ?? []
      const keys = new Set(now.map(keyOf))
      const before: readonly object[] = earlier[name] ?? []
      const left = before.filter((record) => !keys.has(keyOf(record)) && !gone(name, keyOf(record)))
      return [name, [...left, ...now]]
    }),
  )
  const { order = 0, domain = 0 } = earlier.counters ?? {}
  const counters = {
    order: Math.max(order, later.counters?.order ?? 0),
    domain: Math.max(domain, later.counters?.domain ?? 0),
  }
  return { ...later, ...merged, counters }
}
