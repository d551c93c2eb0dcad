import type { ApiDocument } from '../../openapi/document.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import type { JsonObject } from '../../openapi/json-object.ts'
import { valueAt } from '../../openapi/json-pointer.ts'
import type { Operation } from '../../openapi/operation.ts'
import { follow } from '../../openapi/reference.ts'
import { PROBLEM_TYPE } from '../validation/problem.ts'

/** A node of the copy, which edits change. */
type Node = Record<string, unknown>

/** Puts what was observed into a copy of a document, in the place of inferred nodes alone. */
export interface DocumentEdit {
  readonly operations: readonly Operation[]
  /** The operation of this id. Throws a DocumentError at the pointer of a profile if there is none. */
  readonly operation: (id: string, at: string) => Operation
  /** Documents a status as another one of the operation, or else with problem details. */
  readonly addStatus: (operation: Operation, status: number, like?: number) => void
  /** Documents a success as the one that is inferred, or else without a body. */
  readonly addSuccess: (operation: Operation, status: number) => void
  /** Takes out a status that was inferred. */
  readonly dropStatus: (operation: Operation, status: number) => void
  /** The statuses that the copy documents. */
  readonly statuses: (operation: Operation) => readonly string[]
  /** Gives a body that is not published another media type; '' for none. */
  readonly setContent: (operation: Operation, status: string, mediaType: string, schema: JsonObject) => void
  /** Adds a property to a schema that has none of the name. */
  readonly addProperty: (pointer: string, name: string, schema: JsonObject) => void
}

/** Edits the JSON in place. `json` must be a copy of the document's. */
export function editDocument({ operations }: ApiDocument, json: Node): DocumentEdit {
  const responsesOf = ({ pointer }: Operation) => valueAt(json, `${pointer}/responses`) as Record<string, unknown>
  const nodeOf = (operation: Operation, status: string): Node => {
    const responses = responsesOf(operation)
    return structuredClone(follow(json, responses[status], `${operation.pointer}/responses/${status}`).node)
  }
  return {
    operations,
    operation: (id, at) => {
      const found = operations.find((operation) => operation.id === id)
      if (found === undefined) throw new DocumentError(`${at} names ${id}, which is no operation of the document.`, at)
      return found
    },
    addStatus: (operation, status, like) => {
      const responses = responsesOf(operation)
      if (responses[status] !== undefined) return
      const isThere = like !== undefined && responses[like] !== undefined
      responses[status] = observed(isThere ? nodeOf(operation, String(like)) : problem())
    },
    addSuccess: (operation, status) => {
      const responses = responsesOf(operation)
      if (responses[status] !== undefined) return
      responses[status] = observed(
        responses['200'] === undefined ? { description: 'successful operation' } : nodeOf(operation, '200'),
      )
    },
    dropStatus: (operation, status) => {
      if (operation.responses[String(status)]?.inferred) delete responsesOf(operation)[String(status)]
    },
    statuses: (operation) => Object.keys(responsesOf(operation)),
    setContent: (operation, status, mediaType, schema) => {
      const node = nodeOf(operation, status)
      const keys = [node['x-inferred-keys'] ?? []].flat()
      const isOurs = node['x-inferred'] === true || node['x-observed'] === true
      if (!isOurs && node.content !== undefined && !keys.includes('content')) return
      delete node.content
      if (mediaType !== '') node.content = { [mediaType]: { schema } }
      if (keys.length > 0) node['x-inferred-keys'] = keys.filter((key) => key !== 'content')
      responsesOf(operation)[status] = isOurs ? observed(node) : { ...node, 'x-observed-keys': ['content'] }
    },
    addProperty: (pointer, name, schema) => {
      const properties = valueAt(json, `${pointer}/properties`) as Node | undefined
      if (properties && !Object.hasOwn(properties, name)) properties[name] = { ...schema, 'x-observed': true }
    },
  }
}

/** The node as one that was observed, not inferred. */
function observed({ 'x-inferred': _inferred, ...node }: Node): Node {
  return { ...node, 'x-observed': true }
}

const problem = (): Node => ({
  description: 'observed on a server',
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
})
