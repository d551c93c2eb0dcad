import { useApp } from '../app/app-context.ts'
import type { Control } from '../control/control.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { type HarEntry, indexIn } from './exchange.ts'
import { keyOf, lastIdOf, type SeenRequest } from './journal.ts'

/** A request in full. */
export interface WholeExchange {
  readonly entry: SeenRequest
  /** The bytes of both sides; undefined if they are not kept any more. */
  readonly har: HarEntry | undefined
}

/** Asks for what neither the list of requests nor an event has: the answer, and a body that is too large for an event. */
export function useExchange(entry: SeenRequest | undefined): Answer<WholeExchange | undefined> {
  const { control, requests } = useApp()
  return useAnswer(
    async (signal) => {
      if (!entry) return undefined
      const { log } = await control.call('get', '/requests/har', { signal, session: entry.session })
      const entries: readonly HarEntry[] = Reflect.get(log, 'entries')
      const har = entries[indexIn(entry, entries, lastIdOf(requests.get(), entry.session))]
      return { har, entry: entry.truncated && har ? await readWhole(control, entry) : entry }
    },
    // The list may be loaded anew: the same request is another object then.
    [entry && keyOf(entry), entry?.at, entry?.target],
  )
}

async function readWhole(control: Control, entry: SeenRequest): Promise<SeenRequest> {
  const { session, id } = entry
  const { requests } = await control.call('get', '/requests', { session })
  const whole = requests.find((one) => one.id === id && one.target === entry.target)
  return whole ? { ...whole, session } : entry
}
