import { useState } from 'preact/hooks'
import { useApp } from '../app/app-context.ts'
import { placeErrors } from '../form/field-errors.ts'
import { ProblemBox } from '../parts/problem-box.tsx'
import { useAction } from '../parts/use-action.ts'
import { useAnswer } from '../parts/use-answer.ts'
import { useCell } from '../parts/use-cell.ts'
import { ClockField } from './clock-field.tsx'
import { advanceBody } from './duration.ts'
import { useTicking } from './use-ticking.ts'

const STEPS: readonly (readonly [label: string, ms: number])[] = [
  ['1 minute', 60_000],
  ['1 hour', 3_600_000],
  ['1 day', 86_400_000],
]

/** The fields of the form, by their pointers. */
const FIELDS = new Set(['/now', '/advance'])

/** The clock of the session: freeze, set, advance. */
export function ClockView() {
  const { control, changes, session } = useApp()
  const id = useCell(session)
  const changed = useCell(changes).clock
  const { value, reload, problem } = useAnswer((signal) => control.call('get', '/clock', { signal }), [changed, id])
  const { run, problem: refusal } = useAction()
  const [now, setNow] = useState('')
  const [advance, setAdvance] = useState('')
  const put = async (body: unknown, done: string) => {
    if (await run(() => control.call('put', '/clock', { body }), done)) reload()
  }
  const { atFields, elsewhere } = placeErrors(refusal?.errors ?? [], FIELDS)
  const shown = refusal ?? problem
  return (
    <div class="narrow-view">
      {shown && <ProblemBox problem={shown} violations={elsewhere} />}
      {value && <Now clock={value} />}
      <div class="actions">
        <button
          type="button"
          class="button"
          onClick={() =>
            void put({ frozen: !value?.frozen }, value?.frozen ? 'The clock runs.' : 'The clock is frozen.')
          }
        >
          {value?.frozen ? 'Run' : 'Freeze'}
        </button>
        {STEPS.map(([label, ms]) => (
          <button
            key={label}
            type="button"
            class="button"
            onClick={() => void put({ advance: ms }, `Advanced by ${label}.`)}
          >
            + {label}
          </button>
        ))}
      </div>
      <ClockField
        name="now"
        label="Time to set"
        hint="RFC 3339, such as 2030-01-01T00:00:00Z"
        value={now}
        onValue={setNow}
        errors={atFields}
        button="Set"
        onSubmit={() => void put({ now }, 'The clock is set.')}
      />
      <ClockField
        name="advance"
        label="Time to advance by"
        hint="milliseconds, or with a unit such as 90s, 5m, 2h, 1d; negative for back"
        value={advance}
        onValue={setAdvance}
        errors={atFields}
        button="Advance"
        onSubmit={() => void put({ advance: advanceBody(advance) }, 'The clock is advanced.')}
      />
    </div>
  )
}

function Now({ clock }: { readonly clock: { readonly now: string; readonly frozen: boolean } }) {
  const now = useTicking(clock)
  return (
    <p class="clock-now">
      <time dateTime={now}>{now.replace('T', ' ').replace(/\.\d+Z|Z/, ' UTC')}</time>
      <span class={clock.frozen ? 'badge warn' : 'badge good'}>{clock.frozen ? 'frozen' : 'runs'}</span>
    </p>
  )
}
