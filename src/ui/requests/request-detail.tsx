import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { Empty } from '../parts/empty.tsx'
import { useCell } from '../parts/use-cell.ts'
import { AnswerPart } from './answer-part.tsx'
import type { SeenRequest } from './journal.ts'
import { Notes } from './notes.tsx'
import { RequestActions } from './request-actions.tsx'
import { SentPart } from './sent-part.tsx'
import { Source } from './source.tsx'
import { Status } from './status.tsx'
import { useExchange } from './use-exchange.ts'

interface DetailProps {
  /** As the address has it, which may be no number. */
  readonly id: string
  readonly entry: SeenRequest | undefined
  /** The id of the newest request. */
  readonly last: number
}

/** One request in full: what was sent, what was answered, and why. */
export function RequestDetail({ id, entry: listed, last }: DetailProps) {
  const { value, pending } = useExchange(listed)
  const { har, entry } = value ?? { har: undefined, entry: listed }
  const isLoading = useCell(useApp().live.connection) === 'connecting'
  if (!entry) return isLoading ? <p class="muted">Loading…</p> : <Missing id={id} last={last} />
  const { method, target, operationId, at } = entry
  return (
    <article class="detail" aria-label={`Request ${id}`}>
      <a class="back" href={linkTo('requests')}>
        ← All requests
      </a>
      <h2 class="target">
        <span class={`method ${method.toLowerCase()}`}>{method}</span> <bdi>{target.slice(0, 2_000)}</bdi>
      </h2>
      <p class="facts">
        <Status entry={entry} />
        <span>
          {operationId === undefined ? 'no operation' : <a href={linkTo('reference', operationId)}>{operationId}</a>}
        </span>
        <time dateTime={at}>{at.replace('T', ' ').replace('Z', ' UTC')}</time>
        {har && <span>{har.time.toFixed(1)} ms</span>}
        <span>
          by the <Source entry={entry} />
        </span>
        <span>
          session <bdi>{entry.session}</bdi>
        </span>
      </p>
      <RequestActions entry={entry} />
      <Notes entry={entry} />
      <SentPart entry={entry} har={har} />
      <AnswerPart entry={entry} har={har} pending={pending} />
    </article>
  )
}

const Missing = ({ id, last }: { readonly id: string; readonly last: number }) => (
  <article class="detail" aria-label={`Request ${id}`}>
    <Empty title={`Request ${id} is not here.`}>
      <p>
        {Number(id) > last
          ? 'It has not come yet: it appears when it does.'
          : 'The journal keeps the latest 1,000 requests, and forgets them when it is cleared.'}
      </p>
      <a class="button" href={linkTo('requests')}>
        All requests
      </a>
    </Empty>
  </article>
)
