import { linkTo } from '../app/route.ts'
import { OperationGrid } from '../parts/operation-grid.tsx'
import { type HeatMap, heatOf } from './heat-map.ts'

/** The heat map as a table. */
export const HeatMapTable = ({ statuses, rows, most }: HeatMap) => (
  <OperationGrid
    label="Requests by operation and status"
    statuses={statuses}
    rows={rows.map(({ operationId, counts }) => ({
      operation: operationId,
      head: <a href={linkTo('reference', operationId)}>{operationId}</a>,
      cells: counts.map((count) =>
        count === undefined ? undefined : { class: `heat-${heatOf(count, most)}`, shown: count },
      ),
    }))}
  />
)
