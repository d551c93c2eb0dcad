import { linkTo } from '../app/route.ts'
import type { Run } from '../control/types.ts'

/** The latest runs, each with a link to it. */
export function RunList({ runs }: { readonly runs: readonly Run[] }) {
  if (runs.length === 0) return null
  return (
    <section aria-labelledby="latest-runs">
      <h2 id="latest-runs">Latest runs</h2>
      <ul class="cards">
        {runs.map(({ id, kind, baseUrl, state, startedAt }) => (
          <li key={id} class="card row">
            <a class="grow" href={linkTo('reports', id)}>
              Run {id}: {kind} of <bdi>{baseUrl}</bdi>
            </a>
            <time dateTime={startedAt}>{startedAt.slice(0, 19).replace('T', ' ')} UTC</time>
            <span class="badge">{state}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
