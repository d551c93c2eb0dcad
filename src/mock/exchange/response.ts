/** A response as a value. It has no body where `body` is absent. */
export interface MockResponse {
  /** 0 for a fault that closes the connection without a response. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** The bytes of a body that is not UTF-8; `body` is what can be read of them. */
  readonly bytes?: Uint8Array
  /** How the bytes are sent; whole and at once where absent. */
  readonly transmission?: Transmission
}

/** A way of sending that a fault, or a response without an end of its own, asks for. */
export type Transmission =
  /** Resets the connection (TCP RST) without a byte. */
  | { readonly kind: 'reset' }
  /** Closes the connection without a byte. */
  | { readonly kind: 'empty-reply' }
  /** Resets the connection after half of the body. */
  | { readonly kind: 'reset-in-body' }
  /** Announces the whole body and closes the connection after half of it. */
  | { readonly kind: 'truncated' }
  /** Sends the body in so many chunks, spread over so many milliseconds. */
  | { readonly kind: 'slow-body'; readonly ms: number; readonly chunks: number }
  /** Sends bytes as they come, in place of a body. If the source fails, the connection is closed. */
  | { readonly kind: 'stream'; readonly source: ReadableStream<Uint8Array> }

/** The ways that break a response within its body, and those that break one without a body. */
const WITHOUT_BODY = { 'reset-in-body': 'reset', truncated: 'empty-reply' } as const

/**
 * How a response is really sent. One without a body cannot break within it: its client would have all of it, and meet the break in
 * the next request on the connection.
 */
export function transmissionOf(
  { transmission, status, body, bytes }: MockResponse,
  method: string,
): Transmission | undefined {
  const kind = transmission?.kind
  if (kind !== 'reset-in-body' && kind !== 'truncated') return transmission
  const hasBody = method !== 'HEAD' && !NULL_BODY.has(status) && (bytes?.length ?? body?.length ?? 0) > 0
  return hasBody ? transmission : { kind: WITHOUT_BODY[kind] }
}

/** Statuses whose responses have no body (Fetch standard, null body status). */
export const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

/** Sends a response; resolves once it was handed over. */
export type Send = (response: MockResponse) => Promise<void> | void
