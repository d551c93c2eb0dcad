import type { Coverage } from '../control/types.ts'

/** The statuses of each operation with the number of requests that had them; undefined where the document has no such status. */
export interface HeatMap {
  readonly statuses: readonly string[]
  readonly rows: readonly HeatRow[]
  readonly most: number
}

export interface HeatRow {
  readonly operationId: string
  readonly counts: readonly (number | undefined)[]
}

/** The map of a coverage: operations in the order of the document, statuses in that of their numbers. */
export function heatMapOf({ cells }: Pick<Coverage, 'cells'>): HeatMap {
  const own = cells.filter(({ kind }) => kind === 'status')
  const statuses = [...new Set(own.map(({ name }) => name))].sort()
  const ids = [...new Set(cells.map(({ operationId }) => operationId))]
  const counts = new Map(own.map(({ operationId, name, count }) => [`${operationId} ${name}`, count]))
  return {
    statuses,
    rows: ids.map((operationId) => ({
      operationId,
      counts: statuses.map((status) => counts.get(`${operationId} ${status}`)),
    })),
    most: Math.max(0, ...own.map(({ count }) => count)),
  }
}

/** The heat of a count, from 0 for none to 4 for the most, by its logarithm. */
export function heatOf(count: number, most: number): number {
  if (count === 0) return 0
  return most <= 1 ? 4 : 1 + Math.round((3 * Math.log(count)) / Math.log(most))
}
