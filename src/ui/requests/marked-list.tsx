import type { Violation } from '../control/types.ts'
import { Mark } from './mark.tsx'
import { marksOfName } from './marks.ts'

interface MarkedListProps {
  readonly title: string
  readonly items: readonly (readonly [name: string, value: string])[]
  readonly marks: readonly Violation[]
  /** True where each mark is about the whole list, which is shown for marks alone. */
  readonly whole?: boolean
  readonly folded?: boolean
}

/** Names and values, such as headers, with violations under the names that they are about. */
export function MarkedList({ title, items, marks, whole = false, folded = false }: MarkedListProps) {
  if (marks.length === 0 && (whole || items.length === 0)) return null
  const names = new Set(items.map(([name]) => name.toLowerCase()))
  // A violation of a name that did not come stands under the list.
  const rest = whole ? marks : marks.filter(({ pointer }) => !names.has(pointer.split('/')[2]?.toLowerCase() ?? ''))
  return (
    <details class="list" open={!folded || marks.length > 0}>
      <summary>
        {title} <span class="muted">({items.length})</span>
      </summary>
      <dl>
        {items.map(([name, value], index) => (
          <div key={`${name}-${index}`} class={marksOfName(marks, name).length > 0 ? 'marked' : ''}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{value.slice(0, 4_000)}</bdi>
              {!whole && marksOfName(marks, name).map((one) => <Mark key={one.expected} violation={one} />)}
            </dd>
          </div>
        ))}
      </dl>
      {rest.map((one) => (
        <Mark key={one.pointer + one.expected} violation={one} named />
      ))}
    </details>
  )
}
