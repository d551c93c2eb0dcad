import type { Answer, Request } from './interaction.ts'

/** The result of sending: an answer, or the reason why there is none. */
export interface Sent {
  readonly answer: Answer | undefined
  readonly failure: string
}

/** Sends one request and reads its answer whole. Never rejects. */
export interface Transport {
  readonly send: (request: Request) => Promise<Sent>
  readonly close: () => void
}

/** The function `fetch`, or one that does as it does. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>
