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

/** Sends a response; resolves once it was handed over. */
export type Send = (response: MockResponse) => Promise<void> | void
