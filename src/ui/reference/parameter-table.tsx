import type { Parameter } from '../app/api-document.ts'
import type { Schemas } from '../form/schema.ts'
import { Badges } from './badges.tsx'
import { schemaText } from './schema-text.ts'

interface ParameterTableProps {
  readonly parameters: readonly Parameter[]
  readonly schemas: Schemas
}

export const ParameterTable = ({ parameters, schemas }: ParameterTableProps) => (
  <section class="part" aria-label="Parameters">
    <h3>Parameters</h3>
    <ul class="members">
      {parameters.map((parameter) => (
        <li key={`${parameter.in} ${parameter.name}`}>
          <code>{parameter.name}</code> <span class="muted">in {parameter.in}</span>{' '}
          {schemaText(parameter.schema, schemas)}
          {parameter.required && <span class="required"> required</span>} <Badges part={parameter} />
          {parameter.description !== undefined && <small class="hint">{parameter.description}</small>}
        </li>
      ))}
    </ul>
  </section>
)
