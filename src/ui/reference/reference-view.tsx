import { type ApiDocument, type Operation, operationsOf } from '../app/api-document.ts'
import { useApp } from '../app/app-context.ts'
import { linkTo } from '../app/route.ts'
import { Empty } from '../parts/empty.tsx'
import { useCell } from '../parts/use-cell.ts'
import { OperationView } from './operation-view.tsx'
import { useDocument } from './use-document.ts'

/** The API's operations, and one of them with a form to try it. */
export function ReferenceView() {
  const { route } = useApp()
  const [id] = useCell(route).rest
  const document = useDocument()
  if (!document) return <p class="muted">Loading the document…</p>
  const operations = operationsOf(document)
  const operation = operations.find((one) => one.id === id)
  return (
    <>
      <p class="count">
        {document.info.title} {document.info.version}: <a href="/openapi.yaml">openapi.yaml</a>,{' '}
        <a href="/openapi.json">openapi.json</a>
      </p>
      <div class={id === undefined ? 'split' : 'split open list'}>
        <OperationList operations={operations} selected={id} />
        {id !== undefined && <Detail document={document} operation={operation} id={id} />}
      </div>
    </>
  )
}

interface DetailProps {
  readonly document: ApiDocument
  readonly operation: Operation | undefined
  readonly id: string
}

const Detail = ({ document, operation, id }: DetailProps) =>
  operation ? (
    <OperationView key={id} document={document} operation={operation} />
  ) : (
    <article class="detail" aria-label={id}>
      <Empty title={`The document has no operation ${id}.`}>
        <a class="button" href={linkTo('reference')}>
          All operations
        </a>
      </Empty>
    </article>
  )

function OperationList({
  operations,
  selected,
}: {
  readonly operations: readonly Operation[]
  readonly selected: string | undefined
}) {
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return (
    <nav class="operations" aria-label="Operations">
      {tags.map((tag) => (
        <section key={tag} aria-label={tag}>
          <h2>{tag}</h2>
          <ul>
            {operations
              .filter((one) => one.tag === tag)
              .map(({ id, method, path, summary }) => (
                <li key={id}>
                  <a href={linkTo('reference', id)} {...(id === selected && { 'aria-current': 'true' as const })}>
                    <span class={`method ${method.toLowerCase()}`}>{method}</span> <bdi>{path}</bdi>
                    <small class="hint">{summary}</small>
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
