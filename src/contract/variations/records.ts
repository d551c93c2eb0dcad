import type { ApiDocument } from '../../openapi/document.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { RecordKind } from '../habits.ts'

/** A kind of record: the parameter by which paths name it, and the schema and field by which bodies do. */
export interface RecordRow {
  readonly kind: RecordKind
  readonly parameter: string
  readonly schema: string
  readonly field: string
}

/** The published document links paths and bodies by prose alone. */
const RECORD_ROWS: readonly RecordRow[] = [
  { kind: 'pet', parameter: 'petId', schema: 'Pet', field: 'id' },
  { kind: 'user', parameter: 'username', schema: 'User', field: 'username' },
  { kind: 'order', parameter: 'orderId', schema: 'Domain', field: 'id' },
]

/** The kind of record that an operation is about, by its path or by its body; undefined if it is about none. */
export function recordOf({ path, requestBody }: Operation): RecordRow | undefined {
  const [schema] = Object.values(requestBody?.content ?? {})
  const name = schema?.items?.name ?? schema?.name
  return RECORD_ROWS.find((row) => path.includes(`{${row.parameter}}`) || name === row.schema)
}

/** The operation that reads a record of that kind at its own path. */
export const readingOf = ({ operations }: ApiDocument, { parameter }: RecordRow): Operation | undefined =>
  operations.find(({ method, path }) => method === 'GET' && path.endsWith(`/{${parameter}}`))
