import { type FieldProps, idOf } from './field-props.ts'
import { describedBy } from './field-text.tsx'
import { controlOf } from './schema.ts'

interface ScalarControlProps extends FieldProps {
  readonly text: string
  readonly onText: (text: string) => void
}

const TEXT = { type: 'text' } as const
const PASSWORD = { type: 'password' } as const

/** The control itself: a choice, a line or, for JSON and long texts, an area. */
export function ScalarControl(props: ScalarControlProps) {
  const { schema, pointer, text, onText, operationIds } = props
  const control = controlOf(schema)
  const common = { id: idOf(pointer), ...describedBy(props) }
  const choices = choicesOf(props, operationIds)
  if (choices) return <Choice {...common} text={text} onText={onText} choices={choices} />
  const isLong = control === 'json' || text.length > 80 || text.includes('\n')
  if (isLong && !schema['x-secret'])
    return (
      <textarea
        {...common}
        rows={3}
        spellcheck={false}
        value={text}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    )
  return (
    <input
      {...common}
      {...(schema['x-secret'] ? PASSWORD : TEXT)}
      dir="auto"
      inputMode={control === 'number' ? 'decimal' : 'text'}
      autocomplete="off"
      spellcheck={false}
      value={text}
      onInput={(event) => onText(event.currentTarget.value)}
    />
  )
}

function choicesOf({ schema }: FieldProps, operationIds: readonly string[]): readonly string[] | undefined {
  if (schema.enum) return schema.enum.map(String)
  if (schema.type === 'boolean') return ['true', 'false']
  return schema['x-operation-id'] && operationIds.length > 0 ? operationIds : undefined
}

interface ChoiceProps {
  readonly id: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly choices: readonly string[]
}

/** A value that is no choice any more stays selected. */
function Choice({ text, onText, choices, ...common }: ChoiceProps) {
  const all = ['', ...choices, ...(text === '' || choices.includes(text) ? [] : [text])]
  return (
    <select {...common} value={text} onChange={(event) => onText(event.currentTarget.value)}>
      {all.map((choice) => (
        <option key={choice} value={choice}>
          {choice === '' ? '(none)' : choice}
        </option>
      ))}
    </select>
  )
}
