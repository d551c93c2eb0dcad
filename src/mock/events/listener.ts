/** One client that listens. */
export interface Listener {
  readonly stream: ReadableStream<Uint8Array>
  /** Hands over bytes; false if the client is too slow, and was dropped. */
  push(bytes: Uint8Array): boolean
}

/** The bytes that wait for one client before it is dropped. */
export const BACKLOG = 8 * 1024 * 1024

/** Starts a stream. `onLeave` is called when the client has left. */
export function createListener(onLeave: (listener: Listener) => void, backlog: number = BACKLOG): Listener {
  let queue: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        queue = controller
      },
      cancel: () => onLeave(listener),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: backlog }),
  )
  const listener: Listener = {
    stream,
    push: (bytes) => {
      if ((queue?.desiredSize ?? 0) > 0) {
        queue?.enqueue(bytes)
        return true
      }
      queue?.error(new Error('The events came faster than they were read. Continue with Last-Event-ID.'))
      return false
    },
  }
  return listener
}
