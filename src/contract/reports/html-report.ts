import { html, Markup } from '../../http/markup.ts'
import type { CheckResult, ContractReport } from '../report.ts'
import { coverageSection } from './html-coverage.ts'
import { acceptedOf, failuresOf, othersOf } from './html-findings.ts'
import { STYLE } from './html-style.ts'
import { countsOf, nextStep, verdictLine } from './summary.ts'

const VERDICTS: { readonly [Verdict in ContractReport['verdict']]: string } = {
  conforms: 'It conforms',
  fails: 'It does not conform',
  'could-not-run': 'It could not be checked',
}

/** The report as one HTML file without scripts or other files. */
export function htmlReport(report: ContractReport): string {
  const { baseUrl, document, verdict, problem, checks, coverage } = report
  const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${VERDICTS[verdict]}: ${baseUrl}</title><style>${new Markup(STYLE)}</style></head><body class="${verdict}">
<header><h1>${VERDICTS[verdict]}</h1><p class="lead"><code>${baseUrl}</code> held to ${document}: ${verdictLine(report)}</p>${summaryOf(report)}</header>
${problem === '' ? '' : html`<p class="problem lead">${problem}</p>`}
${failuresOf(report)}${acceptedOf(report)}${othersOf(report, 'advice')}
<section><h2>Checks</h2><table><thead><tr><th>Check<th class="number">Times<th class="number">Failures</tr></thead><tbody>${checks.map(checkRow)}</tbody></table></section>
${coverageSection(coverage)}${othersOf(report, 'note')}${restOf(report)}</body></html>
`
  return page.text
}

function summaryOf(report: ContractReport): Markup {
  const { requests, failures, operations, applied, checks, reached, cells, waits } = countsOf(report)
  const failing =
    failures === 0
      ? 'No failure'
      : `${failures} ${failures === 1 ? 'failure' : 'failures'} in ${operations} ${operations === 1 ? 'operation' : 'operations'}`
  return html`<p>${failing}. ${requests} requests; ${applied} of ${checks} checks ran; ${reached} of ${cells} cells of the document were reached${waits === 0 ? '' : `; ${waits} answers were waited out (429, 503)`}.</p><p><b>${nextStep(report)}</b></p>`
}

const checkRow = ({ id, title, applied, failures }: CheckResult) =>
  html`<tr class="${failures > 0 ? 'failed' : applied === 0 ? 'unreached' : ''}"><td>${title} <small>${id}</small><td class="number">${applied}<td class="number">${failures}</tr>`

/** Shows the options of the run, what was not checked and what was left behind. */
function restOf({ mode, seed, only, skipped, leftovers, times }: ContractReport): Markup {
  const rows = [
    ['Mode', [mode]],
    ['Seed', [String(seed)]],
    ['Limited to', only],
    ['Not looked at', skipped],
    ['Left behind', leftovers],
    ['Started', [times.startedAt]],
    ['Took', [`${times.durationMs} ms`]],
  ] as const
  const filled = rows.filter(([, texts]) => texts.length > 0)
  return html`<section><h2>The run</h2><dl>${filled.map(([name, texts]) => html`<dt>${name}<dd>${texts.map((text) => html`<div>${text}</div>`)}`)}</dl></section>`
}
