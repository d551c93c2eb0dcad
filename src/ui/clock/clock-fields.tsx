import { useState } from 'preact/hooks'
import type { FieldErrors } from '../form/field-errors.ts'
import type { PutClock } from './clock-buttons.tsx'
import { ClockField } from './clock-field.tsx'
import { advanceBody } from './duration.ts'

interface ClockFieldsProps {
  readonly errors: FieldErrors
  readonly put: PutClock
}

/** The changes by a value that is typed; it stays while the mock refuses it. */
export function ClockFields({ errors, put }: ClockFieldsProps) {
  const [now, setNow] = useState('')
  const [advance, setAdvance] = useState('')
  return (
    <>
      <ClockField
        name="now"
        label="Time to set"
        hint="RFC 3339, such as 2030-01-01T00:00:00Z"
        value={now}
        onValue={setNow}
        errors={errors}
        button="Set"
        onSubmit={() => void put({ now }, 'The clock is set.')}
      />
      <ClockField
        name="advance"
        label="Time to advance by"
        hint="milliseconds, or with a unit such as 90s, 5m, 2h, 1d; negative for back"
        value={advance}
        onValue={setAdvance}
        errors={errors}
        button="Advance"
        onSubmit={() => void put({ advance: advanceBody(advance) }, 'The clock is advanced.')}
      />
    </>
  )
}
