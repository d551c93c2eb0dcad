import { html, type Markup } from '../../http/markup.ts'
import type { Finding, Level, Place } from '../finding.ts'
import { groupBy } from '../group-by.ts'
import type { ContractReport } from '../report.ts'
import { otherPlaces } from './detail.ts'

/** Shows the failures by operation, each with the commands that show it. */
export function failuresOf({ findings, checks, document }: ContractReport): Markup {
  const failures = findings.filter(({ level }) => level === 'failure')
  if (failures.length === 0) return html``
  const titles = new Map(checks.map(({ id, title }) => [id, title]))
  const groups = groupBy(failures, ({ operation }) => operation)
  return html`<section><h2>Failures (${failures.length})</h2>
<nav aria-label="Operations with failures"><ul>${groups.map(([operation, some]) => html`<li><a href="#${anchorOf(operation)}">${operation} <b class="failed">${some.length}</b></a></li>`)}</ul></nav>
${groups.map(([operation, some]) => html`<h3 id="${anchorOf(operation)}">${operation}</h3>${some.map((finding) => failureOf(finding, titles.get(finding.check) ?? finding.check, document))}`)}</section>`
}

const anchorOf = (operation: string) => `operation-${operation.replace(/\W+/g, '-')}`

const failureOf = (finding: Finding, title: string, document: string) => {
  const { id, check, message, place, expected, actual, line, pointer, curl, replay } = finding
  const others = otherPlaces(finding)
  return html`<article class="failure" id="${id}"><h4><a href="#${id}">${message}</a></h4><p class="muted">${title} <small>${check}: ${place}</small></p>
<div class="pair"><div class="expected"><b>expected</b>${expected}</div><div class="received"><b>received</b>${actual}</div></div>
${curl === '' ? '' : html`<p class="muted">${document}, line ${line}: <code>${pointer}</code></p><details open><summary>See it</summary><pre>${curl}</pre></details>`}
${others === '' ? '' : html`<details><summary>Also at ${finding.places.length - 1} other places</summary><p>${others}</p></details>`}
${replay === '' ? '' : html`<details><summary>After the fix, run</summary><pre>${replay}</pre></details>`}</article>`
}

const OTHERS: { readonly [Name in Exclude<Level, 'failure'>]: string } = {
  advice: 'Advice: nothing that the document forbids, and worth a look',
  note: 'Notes: the document itself is incomplete here',
}

/** Lists notes or advice in a table. */
export const othersOf = ({ findings }: ContractReport, level: keyof typeof OTHERS): Markup =>
  tableOf(
    OTHERS[level],
    findings.filter((finding) => finding.level === level && !finding.accepted),
  )

/** Lists the failures that the baseline accepts. */
export const acceptedOf = ({ findings }: ContractReport): Markup =>
  tableOf(
    'Failures that the baseline accepts',
    findings.filter(({ accepted }) => accepted),
  )

function tableOf(title: string, some: readonly Finding[]): Markup {
  if (some.length === 0) return html``
  const rows = some.map(
    ({ id, level, places, check, place, expected, actual }) =>
      html`<tr id="${id}" class="${level}"><td>${operationsOf(places)}<td>${check}: ${place}<td>${expected}<td>${actual}</tr>`,
  )
  return html`<section><h2>${title} (${some.length})</h2><table><thead><tr><th>Operation<th>Check<th>Expected<th>Received</tr></thead><tbody>${rows}</tbody></table></section>`
}

const operationsOf = (places: readonly Place[]) => [...new Set(places.map(({ operation }) => operation))].join(', ')
