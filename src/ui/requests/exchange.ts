import type { JournalEntry } from '../control/types.ts'

/** The parts of an HTTP archive that the page shows: HAR 1.2. */
export interface HarEntry {
  readonly time: number
  readonly comment?: string
  readonly startedDateTime: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly HarHeader[]
    readonly postData?: { readonly mimeType: string; readonly text: string }
  }
  readonly response: {
    readonly status: number
    readonly statusText: string
    readonly headers: readonly HarHeader[]
    readonly content: { readonly mimeType: string; readonly size: number; readonly text?: string }
  }
}

export interface HarHeader {
  readonly name: string
  readonly value: string
}

/** The place of an entry in an export of the journal, counted from the end: new requests come in between. */
export function indexIn(entry: JournalEntry, entries: readonly HarEntry[], last: number): number {
  const guess = entries.length - 1 - (last - entry.id)
  const near = entries.map((_one, index) => index).sort((a, b) => Math.abs(a - guess) - Math.abs(b - guess))
  return near.find((index) => isSame(entry, entries[index])) ?? -1
}

const isSame = ({ at, method, target, status }: JournalEntry, har: HarEntry | undefined): boolean =>
  har !== undefined &&
  har.startedDateTime === at &&
  har.request.method === method &&
  har.request.url.endsWith(target) &&
  har.response.status === status
