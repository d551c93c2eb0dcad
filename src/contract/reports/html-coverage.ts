import { html, type Markup } from '../../http/markup.ts'
import { groupBy } from '../group-by.ts'
import type { CoverageCell } from '../report.ts'

/** Shows which cells of the document were reached: a grid of operations and statuses, then every cell with its reason. */
export function coverageSection(cells: readonly CoverageCell[]): Markup {
  const statuses = [...new Set(cells.map(({ status }) => status))].sort()
  const rows = groupBy(cells, ({ operation }) => operation)
  return html`<section><h2>Coverage</h2><p>Of each documented status: how many of its cells (one for each media type and parameter) were reached.</p>
<div class="wide"><table class="grid"><thead><tr><th>Operation${statuses.map((status) => html`<th>${status}`)}</tr></thead><tbody>
${rows.map(([operation, own]) => html`<tr><th>${operation}${statuses.map((status) => gridCell(own.filter((cell) => cell.status === status)))}</tr>`)}</tbody></table></div>
<details><summary>Every cell of the document</summary>${listOf(cells)}</details></section>`
}

function gridCell(cells: readonly CoverageCell[]): Markup {
  if (cells.length === 0) return html`<td>`
  const reached = cells.filter(({ state }) => state !== 'unreached')
  const state = cells.some((cell) => cell.state === 'failed') ? 'failed' : reached.length > 0 ? 'covered' : 'unreached'
  const reasons = [...new Set(cells.map(({ reason }) => reason).filter(Boolean))].join('\n')
  return html`<td class="${state}" title="${reasons}">${reached.length} of ${cells.length}${state === 'failed' ? ', failed' : ''}`
}

const listOf = (cells: readonly CoverageCell[]): Markup =>
  html`<table><thead><tr><th>Operation<th>Status<th>Media type<th>Parameter<th>State<th>Reason</tr></thead><tbody>${cells.map(
    ({ operation, status, mediaType, parameter, state, reason }) =>
      html`<tr><td>${operation}<td>${status}<td>${mediaType}<td>${parameter}<td class="${state}">${state}<td>${reason}</tr>`,
  )}</tbody></table>`
