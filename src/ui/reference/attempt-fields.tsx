import type { Operation } from '../app/api-document.ts'
import { readProblem } from '../control/problem.ts'
import type { Violation } from '../control/types.ts'
import { type Attempt, nameOf } from './attempt.ts'
import { AttemptField } from './attempt-field.tsx'
import type { Tried } from './tried-answer.tsx'

interface AttemptFieldsProps {
  readonly operation: Operation
  readonly attempt: Attempt
  readonly onAttempt: (attempt: Attempt) => void
  readonly tried: Tried | undefined
}

const PLACES = { path: 'path', query: 'query', header: 'headers' } as const

/** The fields of a request. Violations of the last answer stand at the fields that they point to. */
export function AttemptFields({ operation, attempt, onAttempt, tried }: AttemptFieldsProps) {
  const { parameters, secured, requestBody } = operation
  const errors = tried && tried.status >= 400 ? readProblem(tried.status, tried.text).errors : []
  const change = (part: Partial<Attempt>) => onAttempt({ ...attempt, ...part })
  const errorsAt = (pointer: string) => errors.filter((one) => isAt(one, pointer))
  return (
    <>
      {secured && (
        <AttemptField
          label="api_key"
          value={attempt.key}
          onValue={(key) => change({ key })}
          errors={errorsAt('/headers/api_key')}
        />
      )}
      {parameters
        .filter(({ name }) => !(secured && name === 'api_key'))
        .map((one) => (
          <AttemptField
            key={nameOf(one)}
            label={`${one.name} (${one.in})`}
            required={one.required ?? false}
            value={attempt.values[nameOf(one)] ?? ''}
            onValue={(value) => change({ values: { ...attempt.values, [nameOf(one)]: value } })}
            errors={errorsAt(`/${PLACES[one.in]}/${one.name}`)}
          />
        ))}
      {requestBody && <BodyFields attempt={attempt} change={change} operation={operation} errors={errorsAt('/body')} />}
    </>
  )
}

const isAt = ({ pointer }: Violation, place: string) => pointer === place || pointer.startsWith(`${place}/`)

interface BodyFieldsProps {
  readonly operation: Operation
  readonly attempt: Attempt
  readonly change: (part: Partial<Attempt>) => void
  readonly errors: readonly Violation[]
}

function BodyFields({ operation, attempt, change, errors }: BodyFieldsProps) {
  const types = Object.keys(operation.requestBody?.content ?? {})
  const isMultipart = attempt.type.startsWith('multipart/')
  return (
    <>
      {types.length > 1 && (
        <AttemptField
          label="Content-Type"
          value={attempt.type}
          choices={types}
          onValue={(type) => change({ type })}
          errors={[]}
        />
      )}
      <AttemptField
        label={isMultipart ? 'additionalMetadata' : `Body (${attempt.type})`}
        value={attempt.body}
        long={!isMultipart}
        onValue={(body) => change({ body })}
        errors={errors}
      />
      {isMultipart && (
        <label class="field">
          file
          <input
            type="file"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0]
              if (file) change({ file })
            }}
          />
        </label>
      )}
    </>
  )
}
