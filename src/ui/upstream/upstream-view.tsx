import { useApp } from '../app/app-context.ts'
import { Empty } from '../parts/empty.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { UpstreamForm } from './upstream-form.tsx'
import { UpstreamTools } from './upstream-tools.tsx'
import { ViolationList } from './violation-list.tsx'

/** The live server behind the mock: what is done with requests, and how its answers broke the document. */
export function UpstreamView() {
  const { control, changes } = useApp()
  const changed = useCell(changes).upstream
  const { value, problem, reload } = useAnswer((signal) => control.call('get', '/upstream', { signal }), [changed])
  if (problem?.status === 404)
    return (
      <Empty title="There is no live server behind this mock.">
        <p>
          Start the mock in front of one, so that it answers what the server shows, and says where that breaks the
          document:
        </p>
        <pre class="command">npx inboxes-mock --upstream https://staging.example/v2</pre>
      </Empty>
    )
  return (
    <>
      {problem && <ProblemBox problem={problem} />}
      {value && <UpstreamTools state={value} onChanged={reload} />}
      {value && (
        <section class="card" aria-labelledby="upstream-settings">
          <h2 id="upstream-settings">Settings</h2>
          <UpstreamForm state={value} onChanged={reload} />
        </section>
      )}
      {value && <ViolationList />}
    </>
  )
}
