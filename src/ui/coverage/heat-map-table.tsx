import { linkTo } from '../app/route.ts'
import { type HeatMap, heatOf } from './heat-map.ts'

/** The heat map as a table. Each cell has its number, so that colour is not all that tells. */
export const HeatMapTable = ({ statuses, rows, most }: HeatMap) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard.
  <section class="heat" aria-label="Requests by operation and status" tabIndex={0}>
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
        {rows.map(({ operationId, counts }) => (
          <tr key={operationId}>
            <th scope="row">
              <a href={linkTo('reference', operationId)}>{operationId}</a>
            </th>
            {counts.map((count, at) => (
              <td key={statuses[at]} class={count === undefined ? 'none' : `heat-${heatOf(count, most)}`}>
                {count ?? <span class="hidden">not documented</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)
