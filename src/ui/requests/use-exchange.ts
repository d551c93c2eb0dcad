import { useApp } from '../app/app-context.ts'
import { type Answer, useAnswer } from '../parts/use-answer.ts'
import { type HarEntry, indexIn } from './exchange.ts'
import { lastIdOf, type SeenRequest } from './journal.ts'

/** The bytes of a request and of its answer, which the journal's list does not have; undefined if it is not kept any more. */
export function useExchange(entry: SeenRequest | undefined): Answer<HarEntry | undefined> {
  const { control, requests } = useApp()
  return useAnswer(
    async (signal) => {
      if (!entry) return undefined
      const { log } = await control.call('get', '/requests/har', { signal, session: entry.session })
      const entries: readonly HarEntry[] = Reflect.get(log, 'entries')
      return entries[indexIn(entry, entries, lastIdOf(requests.get(), entry.session))]
    },
    [entry],
  )
}
