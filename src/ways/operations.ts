import type { ApiDocument } from '../openapi/document.ts'
import type { Operation } from '../openapi/operation.ts'

/** The published statuses of an operation. */
export const publishedOf = (document: ApiDocument, id: string): readonly string[] =>
  Object.values(find(document, id)?.responses ?? {})
    .filter(({ inferred }) => !inferred)
    .map(({ status }) => status)

const find = ({ operations }: ApiDocument, id: string): Operation | undefined =>
  operations.find((operation) => operation.id === id)

/** The operation of a place such as `addDomain body`. */
export const operationIn = (place: string): string => place.split(' ')[0] ?? ''

/** The details of a place such as `addDomain body`. */
export const detailIn = (place: string): string => place.split(' ').slice(1).join(' ')

/** Items as a sentence lists them: `a, b and c`. */
export function listed(items: readonly string[]): string {
  const [last = '', ...before] = [...new Set(items)].toReversed()
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`
}
