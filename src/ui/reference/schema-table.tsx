import type { Marked } from '../app/api-document.ts'
import type { Schema, Schemas } from '../form/schema.ts'
import { Badges } from './badges.tsx'
import { schemaText } from './schema-text.ts'

interface SchemaTableProps {
  readonly name: string
  readonly schemas: Schemas
}

/** The properties of a schema. */
export function SchemaTable({ name, schemas }: SchemaTableProps) {
  const schema: Schema & Marked = schemas[name] ?? {}
  const properties: readonly (readonly [string, Schema & Marked])[] = Object.entries(schema.properties ?? {})
  return (
    <details class="list">
      <summary>
        Schema {name} <Badges part={schema} />
      </summary>
      <ul class="members">
        {properties.map(([member, one]) => (
          <li key={member}>
            <code>{member}</code> {schemaText(one, schemas)}
            {schema.required?.includes(member) && <span class="required"> required</span>}
            {one['x-observed'] && <Badges part={one} />}
            {one.description !== undefined && <small class="hint">{one.description}</small>}
          </li>
        ))}
      </ul>
    </details>
  )
}
