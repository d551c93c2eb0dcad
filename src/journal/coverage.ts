import type { Exchange } from '../exchange.ts'
import type { ApiDocument } from '../spec/document.ts'
import type { Operation } from '../spec/operation.ts'
import { pointerTo } from '../spec/pointer.ts'
import type { Schema } from '../spec/schema.ts'

/** One thing of the document that a client can exercise. */
export interface CoverageCell {
  readonly operationId: string
  readonly kind: 'status' | 'request media type' | 'response media type' | 'parameter' | 'enum value'
  /** The status, the media type, the parameter, or the place and value of an enum. */
  readonly name: string
  /** How many requests have exercised it. */
  readonly count: number
}

/** What the clients have exercised of the document. */
export interface Coverage {
  record(exchange: Exchange): void
  /** Every cell, in the order of the document, those never exercised included. */
  cells(): CoverageCell[]
  clear(): void
}

type Counts = Map<string, number>

const keyOf = (operationId: string, kind: CoverageCell['kind'], name: string) => `${operationId} ${kind} ${name}`

/** Counts what is exercised of one document. */
export function createCoverage(document: ApiDocument): Coverage {
  const counts: Counts = new Map()
  const known = new Map(
    document.operations.map((operation) => [operation.id, { operation, enums: enumValues(operation) }]),
  )
  return {
    record: (exchange) => {
      const found = known.get(exchange.operationId ?? '')
      if (found)
        for (const key of exercised(found.operation, found.enums, exchange)) counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    cells: () => document.operations.flatMap((operation) => cellsOf(operation, counts)),
    clear: () => counts.clear(),
  }
}

/** Adds up the cells of several sessions. */
export function mergeCoverage(all: readonly (readonly CoverageCell[])[]): CoverageCell[] {
  const [first = []] = all
  return first.map((cell, index) => ({
    ...cell,
    count: all.reduce((sum, cells) => sum + (cells[index]?.count ?? 0), 0),
  }))
}

function cellsOf(operation: Operation, counts: Counts): CoverageCell[] {
  const { id } = operation
  const cell = (kind: CoverageCell['kind']) => (name: string) => ({
    operationId: id,
    kind,
    name,
    count: counts.get(keyOf(id, kind, name)) ?? 0,
  })
  const responses = Object.entries(operation.responses).filter(([, { inferred }]) => !inferred)
  return [
    ...Object.keys(operation.responses).map(cell('status')),
    ...Object.keys(operation.requestBody?.content ?? {}).map(cell('request media type')),
    ...[
      ...new Set(
        responses.flatMap(([, { content, contentInferred }]) => (contentInferred ? [] : Object.keys(content))),
      ),
    ].map(cell('response media type')),
    ...operation.parameters.map(({ in: place, name }) => `${place} ${name}`).map(cell('parameter')),
    ...enumValues(operation)
      .map(({ pointer, value }) => `${pointer} ${value}`)
      .map(cell('enum value')),
  ]
}

function exercised(operation: Operation, enums: readonly EnumValue[], exchange: Exchange): string[] {
  const { id } = operation
  const search = new URLSearchParams(exchange.target.split('?')[1] ?? '')
  const status = String(exchange.status) in operation.responses ? String(exchange.status) : 'default'
  const mediaType = (value: unknown) =>
    String(value ?? '')
      .split(';')[0]
      ?.trim()
      .toLowerCase() ?? ''
  const isSent = ({ in: place, name }: Operation['parameters'][number]) =>
    place === 'path' ||
    (place === 'query' ? search.has(name) : exchange.requestHeaders[name.toLowerCase()] !== undefined)
  return [
    keyOf(id, 'status', status),
    keyOf(id, 'request media type', mediaType(exchange.requestHeaders['content-type'])),
    keyOf(id, 'response media type', mediaType(exchange.responseHeaders['Content-Type'])),
    ...operation.parameters.filter(isSent).map(({ in: place, name }) => keyOf(id, 'parameter', `${place} ${name}`)),
    ...sentEnumValues(enums, search, exchange.requestValue).map((name) => keyOf(id, 'enum value', name)),
  ]
}

interface EnumValue {
  /** `/query/status` or `/body/status`; items of a list stand at the list. */
  readonly pointer: string
  readonly value: string
}

function enumValues(operation: Operation): EnumValue[] {
  const parameters = operation.parameters.flatMap(({ in: place, name, schema }) =>
    enumsOf(schema, pointerTo(`/${place}`, name)),
  )
  const [body] = Object.values(operation.requestBody?.content ?? {})
  return [...parameters, ...(body ? enumsOf(body, '/body') : [])]
}

function enumsOf(schema: Schema, pointer: string): EnumValue[] {
  if (schema.enum) return schema.enum.map((value) => ({ pointer, value }))
  if (schema.items) return enumsOf(schema.items, pointer)
  return Object.entries(schema.properties).flatMap(([name, child]) => enumsOf(child, pointerTo(pointer, name)))
}

function sentEnumValues(known: readonly EnumValue[], search: URLSearchParams, body: unknown): string[] {
  const sent = (pointer: string): unknown[] => {
    const [place, ...path] = pointer.slice(1).split('/')
    return place === 'body'
      ? reach(body, path)
      : search.getAll(path[0] ?? '').flatMap((value) => value.split(',').map((item) => item.trim()))
  }
  return known
    .filter(({ pointer, value }) => sent(pointer).includes(value))
    .map(({ pointer, value }) => `${pointer} ${value}`)
}

/** Every value at a path of names, through lists. */
function reach(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => reach(item, name === undefined ? [] : [name, ...rest]))
  if (name === undefined) return [value]
  return value !== null && typeof value === 'object' ? reach(Reflect.get(value, name), rest) : []
}
