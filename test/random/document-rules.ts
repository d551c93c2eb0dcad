import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Ajv, Options, ValidateFunction } from 'ajv'
import { parse } from 'yaml'

/** A node of a document, as YAML gives it. */
export type Node = Readonly<Record<string, unknown>>

/** An operation as the document has it, without a line of the mock's own reading. */
export interface OperationRules {
  readonly id: string
  readonly secured: boolean
  readonly responses: ReadonlyMap<string, ResponseRules>
}

/** One documented response. */
export interface ResponseRules {
  readonly headers: ReadonlyMap<string, { readonly required: boolean; readonly published: boolean }>
  readonly content: ReadonlyMap<string, ContentRules>
}

/** The form of one media type. */
export interface ContentRules {
  readonly schema: Node
  /** The schema's name, if it is one of the components. */
  readonly name: string | undefined
  /** Lists what breaks the schema. */
  readonly check: (value: unknown) => string[]
  /** The schema of a node, wherever it stands. */
  readonly resolve: (node: unknown) => { readonly schema: Node; readonly name: string | undefined }
}

/** A path with the operations that it has, by method in capital letters. */
export interface PathRules {
  readonly pattern: readonly string[]
  readonly operations: ReadonlyMap<string, OperationRules>
}

/** A document: its base path, and its paths, those without parameters first. */
export interface DocumentRules {
  readonly basePath: string
  readonly paths: readonly PathRules[]
}

const METHODS = ['get', 'post', 'put', 'delete', 'patch']
// The package has CommonJS exports whose types do not say so.
const { default: Draft04 } = createRequire(import.meta.url)('ajv-draft-04') as {
  readonly default: new (options: Options) => Ajv
}

/** Reads a document by the package yaml, and compiles its schemas by ajv: OpenAPI 3.0 schemas are those of JSON Schema draft 4. */
export function readRules(path: string, lent: Node = {}): DocumentRules {
  const root = parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 }) as Node
  const { schemas = {}, ...components } = at(root, 'components')
  const whole = { ...root, components: { ...components, schemas: { ...lent, ...(schemas as Node) } } }
  const ajv = new Draft04({ strict: false, allErrors: true, formats: FORMATS })
  ajv.addSchema(whole, 'document')
  const server = (root.servers as Node[])[0]?.url
  return {
    basePath: new URL(String(server)).pathname.replace(/\/$/, ''),
    paths: Object.entries(at(root, 'paths'))
      .map(([template, item]) => readPath(whole, ajv, template, item as Node))
      .sort((a, b) => parameterCount(a) - parameterCount(b)),
  }
}

/** The schemas of a document, by name. */
export const schemasOf = (path: string): Node =>
  at(at(parse(readFileSync(path, 'utf8'), { maxAliasCount: -1 }) as Node, 'components'), 'schemas')

const parameterCount = ({ pattern }: PathRules) => pattern.filter((part) => part.startsWith('{')).length

/** RFC 3339 in UTC, and the two integers that the documents use. */
const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  int32: { type: 'number', validate: (value: number) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31 },
  int64: { type: 'number', validate: (value: number) => Number.isSafeInteger(value) },
  binary: true,
} as const satisfies Options['formats']

function at(node: Node, key: string): Node {
  return Object.hasOwn(node, key) ? (node[key] as Node) : {}
}

function readPath(root: Node, ajv: Ajv, template: string, item: Node): PathRules {
  const found = METHODS.filter((method) => Object.hasOwn(item, method))
  return {
    pattern: template.split('/'),
    operations: new Map(
      found.map((method) => [method.toUpperCase(), readOperation(root, ajv, ['paths', template, method])]),
    ),
  }
}

function readOperation(root: Node, ajv: Ajv, trail: readonly string[]): OperationRules {
  const node = follow(root, trail).node
  const statuses = Object.keys(at(node, 'responses'))
  return {
    id: String(node.operationId),
    secured: ((node.security ?? []) as unknown[]).length > 0,
    responses: new Map(statuses.map((status) => [status, readResponse(root, ajv, [...trail, 'responses', status])])),
  }
}

function readResponse(root: Node, ajv: Ajv, trail: readonly string[]): ResponseRules {
  const { node, trail: place } = follow(root, trail)
  const ours = [node['x-inferred-keys'] ?? []].flat().includes('headers') || node['x-inferred'] === true
  return {
    headers: new Map(
      Object.keys(at(node, 'headers')).map((name) => {
        const header = follow(root, [...place, 'headers', name]).node
        const published = !ours && header['x-inferred'] !== true
        return [name.toLowerCase(), { required: header.required === true, published }]
      }),
    ),
    content: new Map(
      Object.keys(at(node, 'content')).map((type) => [type, readContent(root, ajv, [...place, 'content', type])]),
    ),
  }
}

function readContent(root: Node, ajv: Ajv, trail: readonly string[]): ContentRules {
  const place = [...trail, 'schema']
  const { node, trail: stands } = follow(root, place)
  let validate: ValidateFunction | undefined
  return {
    schema: node,
    name: stands[0] === 'components' && stands.length === 3 ? stands[2] : undefined,
    check: (value) => {
      validate ??= ajv.compile({ $ref: `document#${place.map((token) => `/${escaped(token)}`).join('')}` })
      if (validate(value)) return []
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'the body'} ${message}`)
    },
    resolve: (node) => resolve(root, node),
  }
}

/** A JSON Pointer (RFC 6901) in the fragment of a URI. */
const escaped = (token: string) => encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'))

/** The node at the end of a trail, and where it really stands: each `$ref` on the way is followed. */
function follow(root: Node, trail: readonly string[]): { readonly node: Node; readonly trail: readonly string[] } {
  let node = root
  let place: string[] = []
  for (const token of trail) {
    place = [...place, token]
    node = at(node, token)
    for (let target = node.$ref; typeof target === 'string'; target = node.$ref) {
      place = target.slice('#/'.length).split('/')
      node = place.reduce(at, root)
    }
  }
  return { node, trail: place }
}

function resolve(root: Node, node: unknown): { readonly schema: Node; readonly name: string | undefined } {
  const { $ref } = (node ?? {}) as { readonly $ref?: string }
  if ($ref === undefined) return { schema: (node ?? {}) as Node, name: undefined }
  const place = $ref.slice('#/'.length).split('/')
  return { schema: place.reduce(at, root), name: place.at(-1) }
}
