import { useApp } from '../app/app-context.ts'
import { placeErrors } from '../form/field-errors.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { ClockButtons } from './clock-buttons.tsx'
import { ClockFields } from './clock-fields.tsx'
import { Now } from './now.tsx'

/** The fields of the view, by their pointers. */
const FIELDS = new Set(['/now', '/advance'])

/** The clock of the session: freeze, set, advance. */
export function ClockView() {
  const { control, changes, session } = useApp()
  const id = useCell(session)
  const changed = useCell(changes).clock
  const { value, reload, problem } = useAnswer((signal) => control.call('get', '/clock', { signal }), [changed, id])
  const { run, problem: refusal } = useAction()
  const put = async (body: unknown, done: string) => {
    if (await run(() => control.call('put', '/clock', { body }), done)) reload()
  }
  const { atFields, elsewhere } = placeErrors(refusal?.errors ?? [], FIELDS)
  const shown = refusal ?? problem
  return (
    <div class="narrow-view">
      {shown && <ProblemBox problem={shown} violations={elsewhere} />}
      {value && <Now clock={value} />}
      <ClockButtons frozen={value?.frozen ?? false} put={put} />
      <ClockFields errors={atFields} put={put} />
    </div>
  )
}
