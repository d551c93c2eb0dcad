import { textDraft } from './draft.ts'
import { type FieldProps, idOf } from './field-props.ts'
import { FieldText } from './field-text.tsx'
import { ScalarControl } from './scalar-control.tsx'

/** A labelled control for one value. An optional one that is emptied is absent. */
export function ScalarField(props: FieldProps) {
  const { label, pointer, required, draft, onChange } = props
  const text = draft?.tag === 'text' ? draft.text : ''
  return (
    <div class="field">
      <label for={idOf(pointer)}>
        {label}
        {required && <span class="required"> required</span>}
      </label>
      <ScalarControl {...props} text={text} onText={(next) => onChange(next === '' ? undefined : textDraft(next))} />
      <FieldText {...props} />
    </div>
  )
}
