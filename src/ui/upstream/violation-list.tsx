import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { AnswerViolationText } from '../parts/answer-violation-text.tsx'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { useSlowly } from '../parts/use-slowly.ts'

/** Milliseconds between two questions while answers come. */
const EVERY = 1_000

/** The ways in which answers of the live server broke the document. */
export function ViolationList() {
  const { control, changes } = useApp()
  const changed = useSlowly(useCell(changes).upstream, EVERY)
  const { value, problem, reload } = useAnswer(
    (signal) => control.call('get', '/upstream/violations', { signal }),
    [changed],
  )
  const { run, problem: refusal } = useAction()
  const clear = async () => {
    if (await run(() => control.call('delete', '/upstream/violations'), 'The violations are forgotten.')) reload()
  }
  const shown = refusal ?? problem
  return (
    <section class="stack" aria-labelledby="upstream-violations">
      <h2 id="upstream-violations">Answers that broke the document: {value?.count ?? 0}</h2>
      {shown && <ProblemBox problem={shown} />}
      <ul class="cards">
        {value?.violations.map((one) => (
          <li key={`${one.operationId} ${one.pointer} ${one.rule} ${one.expected}`} class="card">
            <p>
              <a href={linkTo('reference', one.operationId)}>{one.operationId}</a>{' '}
              <code>
                <bdi>{one.pointer}</bdi>
              </code>{' '}
              <span class="badge bad">{one.count} ×</span>
            </p>
            <p>
              <AnswerViolationText violation={one} />
            </p>
          </li>
        ))}
      </ul>
      {value && value.count > 0 && (
        <ConfirmButton label="Forget them" confirm="Forget all violations" onConfirm={() => void clear()} />
      )}
    </section>
  )
}
