import { STYLE } from '../../contract/reports/html-style.ts'
import { html, Markup } from '../../http/markup.ts'
import type { PastRun } from '../history.ts'
import type { Difference, DriftReport } from '../report.ts'
import { endOf, summary } from './text-report.ts'

/** The report as one HTML file without scripts or other files; with the trend of earlier runs, if there are some. */
export function htmlReport(report: DriftReport, past: readonly PastRun[] = []): string {
  const { baseUrl, verdict, problem, differences } = report
  const title = TITLES[verdict]
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: ${baseUrl}</title><style>${new Markup(STYLE)}</style></head><body class="${CLASSES[verdict]}">
<header><h1>${title}</h1><p class="lead"><code>${baseUrl}</code></p><p>${verdict === 'could-not-run' ? problem : summary(report)}</p></header>
${differences.map(articleOf)}${past.length === 0 ? '' : trendOf(past)}</body></html>
`
  return page.text
}

const TITLES: { readonly [Verdict in DriftReport['verdict']]: string } = {
  same: 'Like the mock',
  differs: 'Other than the mock',
  'could-not-run': 'It could not be compared',
}

const CLASSES: { readonly [Verdict in DriftReport['verdict']]: string } = {
  same: 'conforms',
  differs: 'fails',
  'could-not-run': 'could-not-run',
}

const articleOf = (difference: Difference, index: number) => {
  const { id, kind, statement, mock, live, operations, cases, decision, curl } = difference
  return html`<article class="${kind === 'breaks' ? 'failure' : ''}" id="${id}"><h4>${index + 1}. ${statement}</h4>
<div class="pair"><div class="expected"><b>mock</b>${mock}</div><div class="received"><b>live</b>${live}</div></div>
<p>${operations.join(', ')}: ${cases} cases, ${endOf(difference)}</p>${decision === '' ? '' : html`<p class="muted">${decision}</p>`}<pre>${curl}</pre></article>
`
}

const WIDTH = 600
const HEIGHT = 120

/** The number of differences of each run as a line, and as a table for those who cannot see it. */
function trendOf(past: readonly PastRun[]): Markup {
  const most = Math.max(1, ...past.map(({ differences }) => differences))
  const x = (index: number) => Math.round((index / Math.max(past.length - 1, 1)) * WIDTH)
  const points = past.map(
    ({ differences }, index) => `${x(index)},${Math.round(HEIGHT - (differences / most) * HEIGHT)}`,
  )
  return html`<section><h2>Trend</h2><svg viewBox="-5 -5 ${WIDTH + 10} ${HEIGHT + 10}" role="img" aria-label="differences by run"><polyline fill="none" stroke="currentColor" stroke-width="2" points="${points.join(' ')}"/></svg>
<table><thead><tr><th>Run<th class="number">Differences</tr></thead><tbody>${past.map(({ startedAt, differences }) => html`<tr><td>${startedAt}<td class="number">${differences}</tr>`)}</tbody></table></section>`
}
