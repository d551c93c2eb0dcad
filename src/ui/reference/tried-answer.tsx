import { BodyView } from '../requests/body-view.tsx'
import { MarkedList } from '../requests/marked-list.tsx'
import { TextView } from '../requests/text-view.tsx'

/** The answer to a request that was tried; status 0 if none came. */
export interface Tried {
  readonly target: string
  readonly status: number
  readonly type: string
  readonly headers: readonly (readonly [string, string])[]
  readonly text: string
}

export function TriedAnswer({ tried: { target, status, type, headers, text } }: { readonly tried: Tried }) {
  const value = type.includes('json') ? parse(text) : undefined
  return (
    <section class="part" aria-label="Answer" aria-live="polite">
      <p>
        <strong class={`status ${status >= 400 || status === 0 ? 'warn' : 'good'}`}>
          {status === 0 ? '✕ no answer' : `${status >= 400 ? '✕' : '✓'} ${status}`}
        </strong>{' '}
        <bdi>{target}</bdi>
      </p>
      <MarkedList title="Headers" items={headers} marks={[]} folded />
      {value !== undefined ? (
        <BodyView title="Body" value={value} />
      ) : (
        <TextView title="Body" text={text === '' ? '(empty)' : text} />
      )}
    </section>
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
