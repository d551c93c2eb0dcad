import { type ApiDocument, basePathOf, type Operation } from '../app/api-document.ts'
import { linkTo } from '../app/route.ts'
import type { Schema } from '../form/schema.ts'
import { Badges } from './badges.tsx'
import { ParameterTable } from './parameter-table.tsx'
import { ResponseList } from './response-list.tsx'
import { SchemaTable } from './schema-table.tsx'
import { namedIn, schemaText } from './schema-text.ts'
import { TryIt } from './try-it.tsx'

interface OperationProps {
  readonly document: ApiDocument
  readonly operation: Operation
}

/** One operation: how to ask it, a form to try it, and its answers. */
export function OperationView({ document, operation }: OperationProps) {
  const { method, path, summary, description, secured, parameters, requestBody } = operation
  const schemas = document.components.schemas ?? {}
  const media = Object.entries(requestBody?.content ?? {})
  return (
    <article class="detail" aria-label={operation.id}>
      <a class="back" href={linkTo('reference')}>
        ← All operations
      </a>
      <h2 class="target">
        <span class={`method ${method.toLowerCase()}`}>{method}</span> {basePathOf(document)}
        {path}
      </h2>
      <p>
        {summary}. {description} <Badges part={operation} />
      </p>
      <p class="muted">{secured ? 'It asks for the key in the header api_key.' : 'It asks for no key.'}</p>
      <TryIt document={document} operation={operation} />
      {parameters.length > 0 && <ParameterTable parameters={parameters} schemas={schemas} />}
      {requestBody && (
        <section class="part" aria-label="Body">
          <h3>
            Body <Badges part={requestBody} />
          </h3>
          <ul>
            {media.map(([type, one]) => (
              <li key={type}>
                <code>{type}</code>: {schemaText(one.schema, schemas)} <Badges part={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <ResponseList operation={operation} schemas={schemas} />
      {schemasOf(operation, schemas).map((name) => (
        <SchemaTable key={name} name={name} schemas={schemas} />
      ))}
    </article>
  )
}

/** The names of the schemas that an operation uses. */
function schemasOf(
  { requestBody, responses }: Operation,
  schemas: Readonly<Record<string, Schema>>,
): readonly string[] {
  const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)]
  const used = contents.flatMap((content) => Object.values(content ?? {}).map(({ schema }) => schema))
  return used.reduce<readonly string[]>((all, schema) => namedIn(schema, schemas, all), [])
}
