import { useState } from 'preact/hooks'
import { refusalsOf } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useCell } from '../parts/use-cell.ts'
import { curlOf } from './curl.ts'
import { faultLike } from './fault-like.ts'
import { lastIdOf, type SeenRequest } from './journal.ts'
import { TestButton } from './test-button.tsx'

/** The things to do with a request. */
export function RequestActions({ entry }: { readonly entry: SeenRequest }) {
  const { control, requests } = useApp()
  const { run, problem } = useAction()
  const { session } = entry
  const fromEnd = () => Math.max(0, lastIdOf(requests.get(), session) - entry.id)
  const curl = async () => curlOf(await control.call('get', '/requests/curl', { session }), fromEnd())
  const fail = (status: number) =>
    run(
      () => control.call('post', '/faults', { session, body: faultLike(entry, status) }),
      `The next ${entry.method} ${entry.target.split('?')[0]} gets ${status}.`,
    )
  return (
    <section aria-label="Actions">
      <div class="actions">
        <CopyButton label="Copy as curl" title="the request as curl" text={curl} />
        <TestButton session={session} fromEnd={fromEnd} />
        <FailNext operationId={entry.operationId} onFail={(status) => void fail(status)} />
      </div>
      {problem && <ProblemBox problem={problem} />}
    </section>
  )
}

interface FailNextProps {
  readonly operationId: string | undefined
  readonly onFail: (status: number) => void
}

/** Makes a fault of one of the refusals that the document has for the operation. */
function FailNext({ operationId, onFail }: FailNextProps) {
  const { document } = useApp()
  const statuses = refusalsOf(useCell(document), operationId)
  const [chosen, choose] = useState<number | undefined>(undefined)
  if (statuses.length === 0) return null
  const status = chosen ?? (statuses.includes(500) ? 500 : (statuses[0] ?? 500))
  return (
    <span class="joined">
      <button type="button" class="button" onClick={() => onFail(status)}>
        Fail the next one like this
      </button>
      <select
        aria-label="Status of the failure"
        value={String(status)}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      >
        {statuses.map((one) => (
          <option key={one} value={String(one)}>
            {one}
          </option>
        ))}
      </select>
    </span>
  )
}
