import type { Pair } from './draft.ts'
import { textDraft } from './draft.ts'
import { type FieldProps, idOf } from './field-props.ts'
import { FieldText } from './field-text.tsx'

/** Values by names that the user chooses, such as headers. */
export function MapField(props: FieldProps) {
  const { label, pointer, draft, onChange } = props
  const pairs = draft?.tag === 'map' ? draft.pairs : []
  const change = (next: readonly Pair[]) => onChange(next.length === 0 ? undefined : { tag: 'map', pairs: next })
  const put = (at: number, pair: Pair) => change(pairs.map((old, index) => (index === at ? pair : old)))
  return (
    <fieldset class={pairs.length === 0 ? 'fields flat' : 'fields'}>
      <legend>{label}</legend>
      <FieldText {...props} />
      {pairs.map((pair, at) => (
        <div class="item pair" key={at}>
          <PairInputs
            id={`${idOf(pointer)}-${at}`}
            label={`${label} ${at + 1}`}
            pair={pair}
            onChange={(next) => put(at, next)}
          />
          <button
            type="button"
            class="button small"
            onClick={() => change(pairs.filter((_old, index) => index !== at))}
          >
            Remove<span class="hidden"> {`${label} ${at + 1}`}</span>
          </button>
        </div>
      ))}
      <button type="button" class="button small" onClick={() => change([...pairs, { name: '', value: undefined }])}>
        Add<span class="hidden"> to {label}</span>
      </button>
    </fieldset>
  )
}

interface PairInputsProps {
  readonly id: string
  readonly label: string
  readonly pair: Pair
  readonly onChange: (pair: Pair) => void
}

const PairInputs = ({ id, label, pair, onChange }: PairInputsProps) => (
  <>
    <input
      id={`${id}-name`}
      aria-label={`Name of ${label}`}
      placeholder="name"
      value={pair.name}
      onInput={(event) => onChange({ ...pair, name: event.currentTarget.value })}
    />
    <input
      id={`${id}-value`}
      aria-label={`Value of ${label}`}
      placeholder="value"
      value={pair.value?.tag === 'text' ? pair.value.text : ''}
      onInput={(event) => onChange({ ...pair, value: textDraft(event.currentTarget.value) })}
    />
  </>
)
