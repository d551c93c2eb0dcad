import type { Schema, Schemas } from '../form/schema.ts'

/** The part of the API's document that the page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: {
    readonly schemas?: Schemas
    readonly parameters?: Readonly<Record<string, Parameter>>
    readonly responses?: Readonly<Record<string, Response>>
    readonly requestBodies?: Readonly<Record<string, RequestBody>>
    readonly headers?: Readonly<Record<string, Header>>
  }
}

/** Marks of the parts that the reference does not publish (`openapi.yaml`, its first lines). */
export interface Marked {
  readonly 'x-inferred'?: boolean
  readonly 'x-inferred-keys'?: readonly string[]
  readonly 'x-observed'?: boolean
  readonly 'x-observed-keys'?: readonly string[]
}

interface Reference {
  readonly $ref?: string
}

export interface Parameter extends Marked, Reference {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description?: string
  readonly required?: boolean
  readonly explode?: boolean
  readonly schema: Schema
  readonly example?: unknown
}

export interface Media extends Marked {
  readonly schema?: Schema & Marked
  readonly example?: unknown
}

export interface RequestBody extends Marked, Reference {
  readonly description?: string
  readonly required?: boolean
  readonly content?: Readonly<Record<string, Media>>
}

export interface Header extends Marked, Reference {
  readonly description?: string
  readonly schema?: Schema
}

export interface Response extends Marked, Reference {
  readonly description?: string
  readonly content?: Readonly<Record<string, Media>>
  readonly headers?: Readonly<Record<string, Header>>
}

/** An operation of the document, its references to parameters, bodies and responses resolved. */
export interface Operation extends Marked {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly secured: boolean
  readonly parameters: readonly Parameter[]
  readonly requestBody?: RequestBody
  readonly responses: Readonly<Record<string, Response>>
}

interface RawOperation extends Marked {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly security?: readonly object[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: RequestBody
  readonly responses?: Readonly<Record<string, Response>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']

const isOperation = (value: unknown): value is RawOperation => typeof value === 'object' && value !== null

/** The operations in the order of the document. */
export function operationsOf(document: ApiDocument): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const raw = item[method]
      return isOperation(raw) ? [operationOf(document, path, method, raw)] : []
    }),
  )
}

function operationOf(document: ApiDocument, path: string, method: string, raw: RawOperation): Operation {
  const { components } = document
  const { operationId, tags = [], summary = '', description = '', security = [], parameters = [] } = raw
  const body = raw.requestBody && follow(raw.requestBody, components.requestBodies)
  const responses = Object.entries(raw.responses ?? {}).map(([status, one]) => [
    status,
    follow(one, components.responses),
  ])
  return {
    ...marksOnly(raw),
    id: operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    tag: tags[0] ?? 'other',
    summary,
    description,
    secured: security.length > 0,
    parameters: parameters.map((one) => follow(one, components.parameters)),
    ...(body && { requestBody: body }),
    responses: Object.fromEntries(responses),
  }
}

function marksOnly(raw: Marked): Marked {
  const names = ['x-inferred', 'x-inferred-keys', 'x-observed', 'x-observed-keys'] as const
  return Object.fromEntries(names.flatMap((name) => (raw[name] === undefined ? [] : [[name, raw[name]]])))
}

/** The part behind a reference by the last name in it. */
function follow<T extends Reference>(part: T, known: Readonly<Record<string, T>> = {}): T {
  const name = part.$ref?.split('/').at(-1)
  return (name !== undefined && known[name]) || part
}

/** The path that the API is under, such as `/v2`. */
export function basePathOf({ servers }: ApiDocument): string {
  const url = servers[0]?.url ?? ''
  return url.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/\/$/, '')
}

/** The documented refusals of an operation: statuses of 400 and above. */
export const refusalsOf = (document: ApiDocument | undefined, operationId: string | undefined): readonly number[] => {
  const operation = document && operationsOf(document).find(({ id }) => id === operationId)
  return Object.keys(operation?.responses ?? {})
    .map(Number)
    .filter((status) => status >= 400)
}
