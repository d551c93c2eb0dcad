import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { pointerTo, valueAt } from './json-pointer.ts'
import type { DocumentedResponse, Method, Operation, Parameter, RequestBody, ResponseHeader } from './operation.ts'
import { plainText } from './plain-text.ts'
import { readSchema } from './read-schema.ts'
import { follow } from './reference.ts'
import type { Schema } from './schema.ts'

const METHODS = ['get', 'post', 'put', 'delete', 'patch']

/** Flattens `paths` into one table, in the order of the document. */
export function readOperations(root: JsonObject): Operation[] {
  return Object.entries(root.paths as JsonObject).flatMap(([path, item]) =>
    METHODS.filter((method) => Object.hasOwn(item as JsonObject, method)).map((method) =>
      readOperation(root, path, method),
    ),
  )
}

function readOperation(root: JsonObject, path: string, method: string): Operation {
  const pointer = pointerTo(pointerTo('/paths', path), method)
  const node = follow(root, { $ref: `#${pointer}` }, pointer).node
  const body = readRequestBody(root, node.requestBody, `${pointer}/requestBody`)
  return {
    id: plainText(node.operationId),
    method: method.toUpperCase() as Method,
    path,
    pointer,
    tag: plainText((node.tags as unknown[] | undefined)?.[0] ?? ''),
    summary: plainText(node.summary ?? ''),
    parameters: readParameters(root, pointer),
    responses: readResponses(root, node.responses as JsonObject, `${pointer}/responses`),
    secured: ((node.security ?? root.security ?? []) as unknown[]).length > 0,
    ...(body && { requestBody: body }),
  }
}

/** Those of the path are of all its operations; one of the operation with the same place and name goes before. */
function readParameters(root: JsonObject, pointer: string): Parameter[] {
  const own = parametersAt(root, pointer)
  const shared = parametersAt(root, pointer.slice(0, pointer.lastIndexOf('/')))
  const isOwn = (one: Parameter) => own.some(({ name, in: place }) => name === one.name && place === one.in)
  return [...shared.filter((one) => !isOwn(one)), ...own]
}

function parametersAt(root: JsonObject, parent: string): Parameter[] {
  const list = (valueAt(root, `${parent}/parameters`) ?? []) as unknown[]
  return list.map((item, index) => readParameter(root, item, `${parent}/parameters/${index}`))
}

function readParameter(root: JsonObject, item: unknown, at: string): Parameter {
  const { node, pointer } = follow(root, item, at)
  return {
    name: plainText(node.name),
    in: node.in as Parameter['in'],
    required: node.required === true,
    schema: readSchema(root, node.schema, `${pointer}/schema`),
    pointer,
  }
}

function readRequestBody(root: JsonObject, item: unknown, at: string): RequestBody | undefined {
  if (item === undefined) return undefined
  const { node, pointer } = follow(root, item, at)
  return {
    required: node.required === true,
    content: readContent(root, node.content, `${pointer}/content`),
    ...(typeof node['x-max-bytes'] === 'number' && { maxBytes: node['x-max-bytes'] }),
    pointer,
  }
}

function readContent(root: JsonObject, content: unknown, at: string): Record<string, Schema> {
  const entries = Object.entries((content ?? {}) as Record<string, JsonObject>)
  return Object.fromEntries(
    entries.map(([type, media]) => {
      const schema = readSchema(root, media.schema ?? {}, `${pointerTo(at, type)}/schema`)
      if (type === 'application/xml') refuseMaps(schema)
      return [type, schema]
    }),
  )
}

/** The keys of a map need not be names of elements, so XML cannot carry it. */
function refuseMaps({ additionalProperties, items, properties, pointer }: Schema): void {
  if (additionalProperties) {
    const at = `${pointer}/additionalProperties`
    throw new DocumentError(
      `Keyword additionalProperties at ${pointer} has no form in XML. Offer it as JSON alone.`,
      at,
    )
  }
  for (const child of [...(items ? [items] : []), ...Object.values(properties)]) refuseMaps(child)
}

function readResponses(root: JsonObject, responses: JsonObject, at: string): Record<string, DocumentedResponse> {
  const entries = Object.entries(responses).map(([status, item]) => [
    status,
    readResponse(root, status, item, pointerTo(at, status)),
  ])
  return Object.fromEntries(entries)
}

/** A range such as 2XX says less than the statuses that the mock and the contract suite choose from. */
function refuseRange(status: string, pointer: string): void {
  if (!status.endsWith('XX')) return
  throw new DocumentError(`${pointer} is a range of statuses. Write each of them, or default.`, pointer)
}

function readResponse(root: JsonObject, status: string, item: unknown, at: string): DocumentedResponse {
  refuseRange(status, at)
  const { node, pointer } = follow(root, item, at)
  const known = read.get(node)
  const parts = known?.standsAt === pointer ? known.parts : readParts(root, node, pointer)
  read.set(node, { standsAt: pointer, parts })
  return { status, pointer: at, ...parts }
}

type ResponseParts = Omit<DocumentedResponse, 'status' | 'pointer'>

/** By node: most operations refuse with the same few responses. */
const read = new WeakMap<object, { readonly standsAt: string; readonly parts: ResponseParts }>()

function readParts(root: JsonObject, node: JsonObject, pointer: string): ResponseParts {
  const ours = [node['x-inferred-keys'], node['x-observed-keys']].flat()
  const inferred = isOurs(node)
  return {
    inferred,
    contentInferred: inferred || ours.includes('content'),
    description: plainText(node.description ?? ''),
    headers: readHeaders(root, node.headers, `${pointer}/headers`, inferred || ours.includes('headers')),
    content: readContent(root, node.content, `${pointer}/content`),
    examples: readExamples(root, node.content, `${pointer}/content`),
  }
}

/** True for a node that was inferred, or observed on a server. */
const isOurs = (node: JsonObject) => node['x-inferred'] === true || node['x-observed'] === true

function readExamples(root: JsonObject, content: unknown, at: string): Record<string, unknown> {
  const media = Object.entries((content ?? {}) as Record<string, { readonly examples?: JsonObject }>)
  const named = media.flatMap(([type, { examples = {} }]) =>
    Object.entries(examples).map(([name, item]) => {
      const pointer = [type, 'examples', name].reduce<string>(pointerTo, at)
      return [name, follow(root, item, pointer).node.value] as const
    }),
  )
  return Object.fromEntries(named)
}

function readHeaders(root: JsonObject, headers: unknown, at: string, inferred: boolean): ResponseHeader[] {
  return Object.entries((headers ?? {}) as JsonObject).map(([name, item]) => {
    const { node, pointer } = follow(root, item, pointerTo(at, name))
    const schema = readSchema(root, node.schema, `${pointer}/schema`)
    return {
      name,
      required: node.required === true,
      schema,
      pointer,
      inferred: inferred || isOurs(node),
    }
  })
}
