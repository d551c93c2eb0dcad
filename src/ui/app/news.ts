import type { StreamEvent } from '../control/event-stream.ts'
import type { SeenRequest } from '../requests/journal.ts'
import { ALL } from './changes.ts'

/** The sum of events that came together. */
export interface News {
  readonly requests: readonly SeenRequest[]
  /** The number of requests that came too fast to be told of. */
  readonly missed: number
  /** The kinds of things that have changed, for a page that shows one session. */
  readonly kinds: ReadonlySet<string>
  /** True if events are lost, so that anything may have changed. */
  readonly isLost: boolean
}

/** Reads the data of each event once. A gap of the rate hides requests alone. */
export function readNews(events: readonly StreamEvent[], session: string): News {
  const requests: SeenRequest[] = []
  const kinds = new Set<string>()
  let missed = 0
  for (const { event, data } of events) {
    const told = JSON.parse(data)
    if (event === 'request') requests.push(told)
    if (event === 'gap') missed += told.missed ?? 0
    if (told.reason === 'rate') kinds.add('request')
    else if (event === 'session' || (told.session ?? session) === session) kinds.add(event)
  }
  const isLost = kinds.has('gap')
  return { requests, missed, kinds: isLost ? ALL : kinds, isLost }
}
