import type { Redaction } from '../../http/redaction/redaction.ts'
import { type Recorded, toEntry } from '../requests/entry.ts'
import type { MockEvent } from './event.ts'

/** Bytes of a request's body; a larger one is left out, and `GET /__admin/requests` has it. */
export const LARGEST_BODY = 2 * 1024 * 1024

/** A request as the journal shows it, with its session and without its secrets. */
export function requestEvent(recorded: Recorded, session: string, redaction: Redaction): MockEvent {
  const { exchange } = recorded
  const isLarge = exchange.requestBody.length > LARGEST_BODY
  const shown: Recorded = isLarge ? { ...recorded, exchange: withoutBody(exchange), truncated: true } : recorded
  return { event: 'request', data: { session, ...toEntry(shown, redaction) } }
}

const withoutBody = (exchange: Recorded['exchange']): Recorded['exchange'] => ({
  ...exchange,
  requestValue: undefined,
  violations: exchange.violations.map(({ received: _received, ...violation }) => violation),
})
