import { OperationGrid } from '../parts/operation-grid.tsx'
import type { ContractReport } from './report.ts'

const SIGNS: Readonly<Record<string, string>> = { covered: '✓', failed: '✕', unreached: '·' }

/** The statuses of each operation with what the run found there. */
export function ReportGrid({ cells }: Pick<ContractReport, 'cells'>) {
  const statuses = [...new Set(cells.map(({ status }) => status))].sort()
  const operations = [...new Set(cells.map(({ operation }) => operation))]
  const states = new Map<string, string>()
  // A cell of several media types has failed if one of them has.
  for (const { operation, status, state } of cells)
    if (states.get(`${operation} ${status}`) !== 'failed') states.set(`${operation} ${status}`, state)
  const rows = operations.map((operation) => ({
    operation,
    cells: statuses.map((status) => toCell(states.get(`${operation} ${status}`))),
  }))
  return <OperationGrid label="Coverage of the run" statuses={statuses} rows={rows} />
}

const toCell = (state: string | undefined) =>
  state === undefined
    ? undefined
    : {
        class: `state-${state}`,
        shown: (
          <>
            <span aria-hidden="true">{SIGNS[state] ?? state}</span>
            <span class="hidden">{state}</span>
          </>
        ),
      }
