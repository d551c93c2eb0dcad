import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Collection } from '../control/types.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { ONE } from './collections.ts'
import { RecordForm } from './record-form.tsx'

interface PanelProps {
  readonly collection: Collection
  readonly recordKey: string
  readonly isNew: boolean
  readonly onChanged: () => void
}

/** The record that is open, to be edited, or a new one. */
export function RecordPanel({ collection, recordKey, isNew, onChanged }: PanelProps) {
  const { control, document } = useApp()
  const api = useCell(document)
  const { value, problem } = useAnswer(
    async (signal) =>
      isNew ? {} : control.call('get', '/state/{collection}/{key}', { path: { collection, key: recordKey }, signal }),
    [],
  )
  const title = isNew ? `New ${ONE[collection]}` : `${ONE[collection]} ${recordKey}`
  return (
    <article class="detail" aria-label={title}>
      <a class="back" href={linkTo('state', collection)}>
        ← All {collection}
      </a>
      <h2>
        <bdi>{title}</bdi>
      </h2>
      {problem && <ProblemBox problem={problem} />}
      {value && api && <RecordForm {...{ api, collection, recordKey, isNew, onChanged }} record={value} />}
    </article>
  )
}
