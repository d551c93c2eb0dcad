import { forKind, withField } from './draft.ts'
import type { FieldProps } from './field-props.ts'
import { FieldText } from './field-text.tsx'

/** The fields of an object: those of its schema, then members that the schema does not name. */
export function ObjectField(props: FieldProps) {
  const { label, pointer, schema, schemas, draft, onChange, render: Inner } = props
  const fields = draft?.tag === 'object' ? draft.fields : {}
  const shown = forKind(schema, fields, schemas)
  const known = Object.keys(shown.properties ?? {})
  const others = shown === schema ? Object.keys(fields).filter((name) => !known.includes(name)) : []
  return (
    <fieldset class={pointer === '' ? 'fields root' : 'fields'}>
      <legend class={pointer === '' ? 'hidden' : ''}>{label}</legend>
      <FieldText {...props} schema={shown} />
      {[...known, ...others].map((name) => (
        <Inner
          {...props}
          key={name}
          label={name}
          pointer={`${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`}
          schema={shown.properties?.[name] ?? {}}
          required={shown.required?.includes(name) ?? false}
          draft={fields[name]}
          onChange={(field) => onChange(withField(draft, name, field))}
        />
      ))}
    </fieldset>
  )
}
