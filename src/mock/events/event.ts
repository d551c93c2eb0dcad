import type { components } from '../admin/generated/admin.ts'
import type { JournalEntry } from '../requests/entry.ts'

type Schemas = components['schemas']

/** The data of each event, by its name. */
export interface EventData {
  /** As in the journal. */
  readonly request: JournalEntry & { readonly session: string }
  readonly state: Schemas['StateEvent']
  readonly session: Schemas['SessionEvent']
  readonly fault: Schemas['FaultEvent']
  readonly clock: Schemas['ClockEvent']
  readonly upstream: Schemas['UpstreamEvent']
  readonly run: Schemas['RunEvent']
  readonly gap: Schemas['GapEvent']
}

/** An event before it has an id. */
export type MockEvent = {
  readonly [Name in keyof EventData]: { readonly event: Name; readonly data: EventData[Name] }
}[keyof EventData]

/** The event as text (HTML standard, section 9.2.6). JSON has line breaks only where it is indented. */
export const textOf = (id: number, { event, data }: MockEvent): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** A comment, which keeps the connection open through proxies. */
export const HEARTBEAT = ': heartbeat\n\n'

/** The milliseconds after which a client that lost the stream asks again. */
export const RETRY = 'retry: 1000\n\n'

/** The id to continue after, for a client that has not had an event. It is no event itself. */
export const placeOf = (id: number): string => `id: ${id}\n\n`
