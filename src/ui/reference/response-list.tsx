import type { Operation, Response } from '../app/api-document.ts'
import type { Schemas } from '../form/schema.ts'
import { Badges } from './badges.tsx'
import { schemaText } from './schema-text.ts'

interface ResponseListProps {
  readonly operation: Operation
  readonly schemas: Schemas
}

export const ResponseList = ({ operation, schemas }: ResponseListProps) => (
  <section class="part" aria-label="Responses">
    <h3>Responses</h3>
    <ul class="members">
      {Object.entries(operation.responses).map(([status, response]) => (
        <li key={status}>
          <strong>{status}</strong> {response.description} <Badges part={response} />
          <small class="hint">{contentText(response, schemas)}</small>
        </li>
      ))}
    </ul>
  </section>
)

function contentText({ content = {}, headers = {} }: Response, schemas: Schemas): string {
  const bodies = Object.entries(content).map(([type, { schema }]) => `${type}: ${schemaText(schema, schemas)}`)
  const names = Object.keys(headers)
  return [bodies.join('; ') || 'no body', ...(names.length > 0 ? [`headers ${names.join(', ')}`] : [])].join('; ')
}
