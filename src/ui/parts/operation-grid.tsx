import type { ComponentChildren } from 'preact'

/** A table of operations by statuses. */
interface OperationGridProps {
  /** Names the table to screen readers. */
  readonly label: string
  readonly statuses: readonly string[]
  readonly rows: readonly GridRow[]
}

interface GridRow {
  readonly operation: string
  /** The head of the row, where it is more than the operation's name. */
  readonly head?: ComponentChildren
  /** One for each status; undefined where the operation does not document it. */
  readonly cells: readonly (GridCell | undefined)[]
}

interface GridCell {
  readonly class: string
  /** The sign or number that it shows, so that colour is not all that tells. */
  readonly shown: ComponentChildren
}

export const OperationGrid = ({ label, statuses, rows }: OperationGridProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard.
  <section class="heat" aria-label={label} tabIndex={0}>
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
        {rows.map(({ operation, head = operation, cells }) => (
          <tr key={operation}>
            <th scope="row">{head}</th>
            {cells.map((cell, at) => (
              <td key={statuses[at]} class={cell?.class ?? 'none'}>
                {cell?.shown ?? <span class="hidden">not documented</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
