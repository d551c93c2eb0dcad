import type { Draft } from './draft.ts'
import type { FieldProps } from './field-props.ts'
import { FieldText } from './field-text.tsx'

/** The items of a list, with buttons to add and remove. */
export function ListField(props: FieldProps) {
  const { label, pointer, schema, draft, required, onChange, render: Inner } = props
  const items = draft?.tag === 'list' ? draft.items : []
  const change = (next: readonly (Draft | undefined)[]) =>
    onChange(next.length === 0 && !required ? undefined : { tag: 'list', items: next })
  const put = (at: number, item: Draft | undefined) => change(items.map((old, index) => (index === at ? item : old)))
  return (
    <fieldset class={items.length === 0 ? 'fields flat' : 'fields'}>
      <legend>{label}</legend>
      <FieldText {...props} />
      {items.map((item, at) => (
        <div class="item" key={at}>
          <Inner
            {...props}
            label={`${label} ${at + 1}`}
            pointer={`${pointer}/${at}`}
            schema={schema.items ?? {}}
            required={true}
            draft={item}
            onChange={(next) => put(at, next)}
          />
          <button
            type="button"
            class="button small"
            onClick={() => change(items.filter((_old, index) => index !== at))}
          >
            Remove<span class="hidden"> {`${label} ${at + 1}`}</span>
          </button>
        </div>
      ))}
      <button type="button" class="button small" onClick={() => change([...items, undefined])}>
        Add<span class="hidden"> to {label}</span>
      </button>
    </fieldset>
  )
}
