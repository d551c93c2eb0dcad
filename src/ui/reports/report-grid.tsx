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
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard.
    <section class="heat" aria-label="Coverage of the run" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Operation</th>
            {statuses.map((status) => (
              <th scope="col" key={status}>
                {status}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {operations.map((operation) => (
            <tr key={operation}>
              <th scope="row">{operation}</th>
              {statuses.map((status) => (
                <Cell key={status} state={states.get(`${operation} ${status}`)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Cell = ({ state }: { readonly state: string | undefined }) =>
  state === undefined ? (
    <td class="none">
      <span class="hidden">not documented</span>
    </td>
  ) : (
    <td class={`state-${state}`}>
      <span aria-hidden="true">{SIGNS[state] ?? state}</span>
      <span class="hidden">{state}</span>
    </td>
  )
