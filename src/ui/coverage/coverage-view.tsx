import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import type { Coverage } from '../control/types.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { useSlowly } from '../parts/use-slowly.ts'
import { heatMapOf } from './heat-map.ts'
import { HeatMapTable } from './heat-map-table.tsx'

/** Milliseconds between two questions while requests come. */
const EVERY = 1_000

/** The part of the document that clients have exercised. */
export function CoverageView() {
  const { control, changes, session } = useApp()
  const id = useCell(session)
  const changed = useSlowly(useCell(changes).request, EVERY)
  const [all, setAll] = useState(true)
  const { value, problem } = useAnswer(
    (signal) => control.call('get', '/coverage', { ...(all && { query: { merged: 'true' } }), signal }),
    [changed, id, all],
  )
  return (
    <>
      <div class="filters">
        <label class="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
          All sessions
        </label>
        {value && <Share {...value} />}
      </div>
      {problem && <ProblemBox problem={problem} />}
      {value && <HeatMapTable {...heatMapOf(value)} />}
      {value && <Rest cells={value.cells} />}
    </>
  )
}

const Share = ({ covered, total }: Pick<Coverage, 'covered' | 'total'>) => (
  <label class="share">
    {covered} of {total} cells were asked <meter min={0} max={total} value={covered} />
  </label>
)

/** The cells of other kinds that nobody has asked for yet. */
function Rest({ cells }: Pick<Coverage, 'cells'>) {
  const missing = cells.filter(({ kind, count }) => count === 0 && kind !== 'status' && kind !== 'operation')
  return (
    <details class="list">
      <summary>Parameters, media types and values that were not used: {missing.length}</summary>
      <ul>
        {missing.map(({ operationId, kind, name }) => (
          <li key={`${operationId} ${kind} ${name}`}>
            {operationId}: {kind} {name}
          </li>
        ))}
      </ul>
    </details>
  )
}
