import type { Finding, Level } from '../finding.ts'
import type { CheckResult, ContractReport, CoverageCell } from '../report.ts'

const VERDICTS: { readonly [Verdict in ContractReport['verdict']]: string } = {
  conforms: 'It conforms',
  fails: 'It does not conform',
  'could-not-run': 'It could not be checked',
}

const TITLES: { readonly [Name in Level]: string } = {
  failure: 'Failures',
  note: 'Notes: the document is incomplete here',
  advice: 'Advice',
}

/** The report as one HTML file that needs no other, and no script. */
export function htmlReport(report: ContractReport): string {
  const { baseUrl, document, verdict, problem, findings, checks, coverage } = report
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(`${VERDICTS[verdict]}: ${baseUrl}`)}</title><style>${STYLE}</style></head><body class="${verdict}">`,
    `<header><h1>${VERDICTS[verdict]}</h1><p>${escaped(baseUrl)} held to ${escaped(document)}</p>${summary(report)}</header>`,
    problem === '' ? '' : `<p class="problem">${escaped(problem)}</p>`,
    ...(['failure', 'advice', 'note'] as const).map((level) => findingsOf(level, findings)),
    `<section><h2>Checks</h2><table><tr><th>Check<th>Occasions<th>Failures</tr>${checks.map(checkRow).join('')}</table></section>`,
    coverageOf(coverage),
    '</body></html>\n',
  ].join('\n')
}

const STYLE = `
:root { color-scheme: light dark; --ok: #1a7f37; --bad: #cf222e; --line: #8884 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
h1 { margin: 0; color: var(--ok) } .fails h1, .could-not-run h1, .problem { color: var(--bad) }
dl.numbers { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: 1rem 0 }
dl.numbers div { display: flex; flex-direction: column-reverse } dl.numbers dd { font-size: 1.5rem; margin: 0 }
article { border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; padding: .5rem 1rem; margin: .75rem 0 }
article.failure { border-left-color: var(--bad) } article h3 { margin: .25rem 0; font-size: 1rem }
article dl { display: grid; grid-template-columns: 6rem 1fr; gap: .25rem .5rem; margin: .5rem 0 } article dd { margin: 0; overflow-wrap: anywhere }
pre { overflow-x: auto; background: #8882; padding: .5rem; border-radius: 4px; font-size: .85rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem } th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line) }
.failed { color: var(--bad) } .unreached { opacity: .65 } summary { cursor: pointer }
`

function summary({ requests, findings, checks, coverage, mode, seed, times }: ContractReport): string {
  const failures = findings.filter(({ level }) => level === 'failure').length
  const reached = coverage.filter(({ state }) => state !== 'unreached').length
  const numbers = [
    ['failures', failures],
    ['requests', requests],
    ['checks with occasion', `${checks.filter(({ applied }) => applied > 0).length} of ${checks.length}`],
    ['cells reached', `${reached} of ${coverage.length}`],
    ['mode', mode],
    ['seed', seed],
    ['took', `${times.durationMs} ms`],
  ] as const
  return `<dl class="numbers">${numbers.map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(String(value))}</dd></div>`).join('')}</dl>`
}

function findingsOf(level: Level, findings: readonly Finding[]): string {
  const meant = findings.filter((finding) => finding.level === level)
  return meant.length === 0
    ? ''
    : `<section><h2>${TITLES[level]} (${meant.length})</h2>${meant.map(findingOf).join('')}</section>`
}

function findingOf({ id, level, operation, check, expected, actual, line, pointer, curl, replay }: Finding): string {
  const rows = [
    ['expected', expected],
    ['received', actual],
    ['document', `line ${line}: ${pointer}`],
  ] as const
  return [
    `<article class="${level}" id="${escaped(id)}"><h3>${escaped(operation)}: ${escaped(check)}</h3>`,
    `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    `<pre>${escaped(curl)}\n${escaped(replay)}</pre></article>`,
  ].join('')
}

const checkRow = ({ id, title, applied, failures }: CheckResult) =>
  `<tr class="${failures > 0 ? 'failed' : applied === 0 ? 'unreached' : ''}"><td>${escaped(title)} <small>(${escaped(id)})</small><td>${applied}<td>${failures}</tr>`

function coverageOf(cells: readonly CoverageCell[]): string {
  const rows = cells.map(
    ({ operation, status, mediaType, parameter, state, reason }) =>
      `<tr class="${state}">${[operation, status, mediaType, parameter, state, reason].map((text) => `<td>${escaped(text)}`).join('')}</tr>`,
  )
  const head = '<tr><th>Operation<th>Status<th>Media type<th>Parameter<th>State<th>Reason</tr>'
  return `<section><details><summary><b>Coverage</b>: every cell of the document</summary><table>${head}${rows.join('')}</table></details></section>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
