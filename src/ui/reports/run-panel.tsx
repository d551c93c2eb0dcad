import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import type { Run } from '../control/types.ts'
import { download } from '../parts/download.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { reportOf } from './report.ts'
import { ReportPanel } from './report-panel.tsx'

interface RunPanelProps {
  readonly id: string
  /** Counts the changes of runs. */
  readonly changed: number
  readonly onChanged: () => void
}

/** One run: its progress while it goes on, then its report. */
export function RunPanel({ id, changed, onChanged }: RunPanelProps) {
  const { control } = useApp()
  const path = { id }
  const { value, problem, reload } = useAnswer(
    (signal) => control.call('get', '/runs/{id}', { path, signal }),
    [changed],
  )
  const { run: act, problem: refusal, pending } = useAction()
  const stop = async () => {
    if (await act(() => control.call('delete', '/runs/{id}', { path }), 'The run is stopped.')) reload()
  }
  const forget = async () => {
    if (!(await act(() => control.call('delete', '/runs/{id}', { path }), 'The run is forgotten.'))) return
    location.hash = linkTo('reports')
    onChanged()
  }
  const shown = refusal ?? problem
  return (
    <section aria-label={`Run ${id}`}>
      {shown && <ProblemBox problem={shown} />}
      {value && value.state === 'running' && <RunProgress run={value} onStop={() => void stop()} pending={pending} />}
      {value && value.state !== 'running' && <RunEnd run={value} onForget={() => void forget()} />}
    </section>
  )
}

interface RunProgressProps {
  readonly run: Run
  readonly onStop: () => void
  readonly pending: boolean
}

const RunProgress = ({ run: { kind, baseUrl, step, done, all, requests }, onStop, pending }: RunProgressProps) => (
  <div class="card run">
    <h2>
      {kind} of <bdi>{baseUrl}</bdi>
    </h2>
    <p role="status">The run goes on.</p>
    <label class="field">
      Parts of the run
      <progress {...(all > 0 && { value: done, max: all })} />
    </label>
    <p class="facts">
      <span>{all > 0 ? `${done} of ${all}` : 'the first requests'}</span>
      <bdi>{step}</bdi>
      <span>{requests} requests</span>
    </p>
    <div class="actions">
      <button type="button" class="button danger" disabled={pending} onClick={onStop}>
        Stop
      </button>
    </div>
  </div>
)

/** A run that has ended, with its report as a dropped file would be shown. */
function RunEnd({ run, onForget }: { readonly run: Run; readonly onForget: () => void }) {
  const { id, kind, state, report, problem } = run
  const read = report && reportOf(report)
  const failure = problem ?? (typeof read === 'string' ? read : undefined)
  const save = () => download(`${kind}-report.json`, `${JSON.stringify(report, undefined, 2)}\n`, 'application/json')
  return (
    <>
      <p role="status">
        {state === 'done' ? 'The run has ended.' : state === 'stopped' ? 'The run was stopped.' : 'The run failed.'}
      </p>
      {failure !== undefined && <p class="problem">{failure}</p>}
      {typeof read === 'object' && <ReportPanel name={`of run ${id}`} report={read} />}
      <div class="actions">
        {report && (
          <button type="button" class="button" onClick={save}>
            Save the report
          </button>
        )}
        <button type="button" class="button" onClick={onForget}>
          Forget
        </button>
      </div>
    </>
  )
}
