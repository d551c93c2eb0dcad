import type { ApiDocument } from '../../openapi/document.ts'
import { pointerTo } from '../../openapi/json-pointer.ts'
import type { Operation, Parameter } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'
import type { Exchange } from './exchange.ts'

/** One part of the document that a client can exercise. */
export interface Cell {
  readonly operationId: string
  readonly kind: 'operation' | 'status' | 'request media type' | 'response media type' | 'parameter' | 'enum value'
  /** The method and path, the status, the media type, the parameter, or the place and value of an enum. */
  readonly name: string
}

/** The cells of a document, in its order. Requests for anything else are not counted, so that they take no memory. */
export interface Cells {
  readonly list: readonly Cell[]
  /** The place in the list of the cell of this name; undefined if the document has none. */
  placeOf(cell: Cell): number | undefined
  /** Calls `count` with the place in the list of each cell that the exchange exercised. */
  exercised(exchange: Exchange, count: (index: number) => void): void
}

/** Places in the list, by the cells' names. */
type Places = ReadonlyMap<string, number>

/** The cells of one operation. */
interface OperationCells {
  readonly operation: number
  readonly statuses: Places
  readonly requestTypes: Places
  readonly responseTypes: Places
  readonly parameters: readonly (readonly [Parameter, number])[]
  readonly enums: readonly EnumCells[]
}

/** The values of an enum, at the place of the enum or of the list that holds it. `path` leads there. */
interface EnumCells {
  readonly place: string
  readonly path: readonly string[]
  readonly values: Places
}

const known = new WeakMap<ApiDocument, Cells>()

/** The cells of a document; the same object for the same document. */
export function cellsOf(document: ApiDocument): Cells {
  const cells = known.get(document) ?? createCells(document)
  known.set(document, cells)
  return cells
}

function createCells({ operations }: ApiDocument): Cells {
  const list: Cell[] = []
  const byId = new Map(operations.map((operation) => [operation.id, enumerate(operation, list)]))
  const places = new Map(list.map((cell, place) => [keyOf(cell), place]))
  return {
    list,
    placeOf: (cell) => places.get(keyOf(cell)),
    exercised: (exchange, count) => {
      const cells = byId.get(exchange.operationId ?? '')
      if (cells) visit(cells, exchange, (index) => index !== undefined && count(index))
    },
  }
}

const keyOf = ({ operationId, kind, name }: Cell) => `${operationId} ${kind} ${name}`

/** Appends the operation's cells to the list. */
function enumerate(operation: Operation, list: Cell[]): OperationCells {
  const { id: operationId, method, path: template, parameters, responses, requestBody } = operation
  const add = (kind: Cell['kind'], name: string) => list.push({ operationId, kind, name }) - 1
  const addAll = (kind: Cell['kind'], names: Iterable<string>): Places =>
    new Map([...new Set(names)].map((name) => [name, add(kind, name)]))
  const published = Object.values(responses).filter(({ contentInferred }) => !contentInferred)
  return {
    operation: add('operation', `${method} ${template}`),
    statuses: addAll('status', Object.keys(responses)),
    requestTypes: addAll('request media type', Object.keys(requestBody?.content ?? {})),
    responseTypes: addAll(
      'response media type',
      published.flatMap(({ content }) => Object.keys(content)),
    ),
    parameters: parameters.map((parameter) => [parameter, add('parameter', `${parameter.in} ${parameter.name}`)]),
    enums: enumsOf(operation).map(({ pointer, values }) => {
      const [place = '', ...path] = pointer.slice(1).split('/')
      return { place, path, values: new Map(values.map((value) => [value, add('enum value', `${pointer} ${value}`)])) }
    }),
  }
}

interface Enum {
  readonly pointer: string
  readonly values: readonly string[]
}

function enumsOf({ parameters, requestBody }: Operation): Enum[] {
  const ofParameters = parameters.flatMap(({ in: place, name, schema }) =>
    enumsIn(schema, pointerTo(`/${place}`, name)),
  )
  const [body] = Object.values(requestBody?.content ?? {})
  return [...ofParameters, ...(body ? enumsIn(body, '/body') : [])]
}

function enumsIn(schema: Schema, pointer: string): Enum[] {
  if (schema.enum) return [{ pointer, values: schema.enum }]
  if (schema.items) return enumsIn(schema.items, pointer)
  return Object.entries(schema.properties).flatMap(([name, child]) => enumsIn(child, pointerTo(pointer, name)))
}

function visit(cells: OperationCells, exchange: Exchange, count: (index: number | undefined) => void): void {
  const { requestHeaders, responseHeaders, requestValue, target, status } = exchange
  const mark = target.indexOf('?')
  const search = mark < 0 ? NO_QUERY : new URLSearchParams(target.slice(mark + 1))
  count(cells.operation)
  count(cells.statuses.get(String(status)) ?? cells.statuses.get('default'))
  if (cells.requestTypes.size > 0) count(cells.requestTypes.get(mediaTypeOf(requestHeaders['content-type'])))
  count(cells.responseTypes.get(mediaTypeOf(responseHeaders['Content-Type'])))
  for (const [parameter, index] of cells.parameters) if (isSent(parameter, search, exchange)) count(index)
  for (const { place, path, values } of cells.enums)
    for (const value of new Set(sentAt(place, path, search, requestValue))) count(values.get(plainText(value)))
}

const NO_QUERY = new URLSearchParams()

function mediaTypeOf(contentType: string | string[] | undefined): string {
  const text = String(contentType ?? '')
  return text.includes(';') ? text.slice(0, text.indexOf(';')).trim().toLowerCase() : text.trim().toLowerCase()
}

function isSent({ in: place, name }: Parameter, search: URLSearchParams, { requestHeaders }: Exchange): boolean {
  if (place === 'path') return true
  return place === 'query' ? search.has(name) : requestHeaders[name.toLowerCase()] !== undefined
}

function sentAt(place: string, path: readonly string[], search: URLSearchParams, body: unknown): unknown[] {
  if (place === 'body') return reach(body, path)
  return search.getAll(path[0] ?? '').flatMap((value) => value.split(',').map((item) => item.trim()))
}

/** Every value at a path of names, through lists. */
function reach(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => reach(item, name === undefined ? [] : [name, ...rest]))
  if (name === undefined) return [value]
  return value !== null && typeof value === 'object' ? reach(Reflect.get(value, name), rest) : []
}
