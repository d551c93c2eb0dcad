import { LongText } from '../requests/long-text.tsx'
import type { Item, Report } from './report.ts'
import { ReportGrid } from './report-grid.tsx'

const GOOD = new Set(['conforms', 'same'])

/** A report: its verdict, its findings or differences, and its grid of coverage. */
export function ReportPanel({ name, report }: { readonly name: string; readonly report: Report }) {
  const isGood = GOOD.has(report.verdict)
  return (
    <section class="report" aria-label={`Report ${name}`}>
      <h2>
        <span class={`status ${isGood ? 'good' : 'bad'}`}>
          <span aria-hidden="true">{isGood ? '✓' : '✕'} </span>
          {report.verdict}
        </span>{' '}
        <bdi>{name}</bdi>
      </h2>
      <p class="facts">
        <span>{report.kind}</span>
        <bdi>{report.baseUrl}</bdi>
        <span>{report.mode} mode</span>
        <span>{report.requests} requests</span>
        <span>
          {report.items.length} {report.kind === 'drift' ? 'differences' : 'findings'}
        </span>
      </p>
      {report.problem !== '' && <p class="problem">{report.problem}</p>}
      <ul class="cards">
        {report.items.map((item) => (
          <ItemCard
            key={item.id}
            item={item}
            names={report.kind === 'drift' ? ['mock', 'live server'] : ['expected', 'came']}
          />
        ))}
      </ul>
      {report.kind === 'contract' && report.cells.length > 0 && <ReportGrid cells={report.cells} />}
      {report.kind === 'contract' && report.skipped.length > 0 && (
        <details class="list">
          <summary>Not looked at: {report.skipped.length}</summary>
          <ul>
            {report.skipped.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

interface ItemCardProps {
  readonly item: Item
  /** The names of the two sides. */
  readonly names: readonly [string, string]
}

const ItemCard = ({ item: { level, operation, message, expected, actual, line, curl }, names }: ItemCardProps) => (
  <li class="card">
    <p>
      <span class={level === 'failure' || level === 'breaks' ? 'badge bad' : 'badge'}>{level}</span>{' '}
      <strong>{operation}</strong>
      {line > 0 && <span class="rule"> line {line}</span>}
    </p>
    <p>
      <bdi>{message}</bdi>
    </p>
    <dl>
      <div>
        <dt>{names[0]}</dt>
        <dd>
          <LongText text={expected} class="" />
        </dd>
      </div>
      <div>
        <dt>{names[1]}</dt>
        <dd>
          <LongText text={actual} class="" />
        </dd>
      </div>
    </dl>
    {curl !== '' && <pre class="command">{curl}</pre>}
  </li>
)
