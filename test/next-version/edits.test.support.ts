import { pick, type Stream, streamOf } from '../../fixtures/stream.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

/** The parts of a document that edits reach, in a copy that may be changed. */
interface SchemaNode {
  $ref?: string
  type?: string
  format?: string
  pattern?: string
  enum?: string[]
  minimum?: number
  maximum?: number
  minItems?: number
  minLength?: number
  items?: SchemaNode
  properties?: Record<string, SchemaNode>
  required?: string[]
  additionalProperties?: boolean
}

interface RecordNode extends SchemaNode {
  properties: Record<string, SchemaNode>
}

interface ParameterNode {
  name: string
  in: string
  required?: boolean
  schema?: SchemaNode
}

type ContentNode = Record<string, { schema: SchemaNode }>

interface ResponseNode {
  description?: string
  content?: ContentNode
  headers?: Record<string, { required: boolean; schema: SchemaNode }>
}

interface OperationNode {
  operationId?: string
  parameters?: ParameterNode[]
  requestBody?: { required?: boolean; content: ContentNode }
  responses: Record<string, ResponseNode>
  security?: Record<string, string[]>[]
}

type Method = 'get' | 'post' | 'put' | 'delete'
type PathNode = Partial<Record<Method, OperationNode>> & { parameters?: ParameterNode[] }

interface DocumentNode {
  components: { schemas: Record<string, RecordNode> }
  paths: Record<string, PathNode>
  servers?: { url: string; variables?: Record<string, { default: string }> }[]
}

/** A part of the packaged document that every edit needs. */
function there<T>(node: T | undefined, name: string): T {
  if (node === undefined) throw new Error(`The document has no ${name}.`)
  return node
}

/** One change of the document, in words. */
export interface Edit {
  readonly name: string
  readonly text: string
}

type Change = (json: DocumentNode, random: Stream) => string

const NAMED = ['Pet', 'User', 'Domain', 'DomainIn', 'Tag', 'ApiResponse', 'Problem']

/** Schemas for new properties. */
const SHAPES: readonly SchemaNode[] = [
  { type: 'string' },
  { type: 'string', enum: ['red', 'green', 'blue'] },
  { type: 'string', pattern: '^[A-Z]{2}-[0-9]{3}$' },
  { type: 'string', format: 'uuid' },
  { type: 'string', format: 'date-time' },
  { type: 'integer', format: 'int32', minimum: 7 },
  { type: 'number', maximum: 0.5 },
  { type: 'boolean' },
  { type: 'array', minItems: 2, items: { type: 'string', minLength: 12 } },
  { $ref: '#/components/schemas/Tag' },
]

function anySchema(json: DocumentNode, random: Stream) {
  const name = pick(random, NAMED)
  return { name, schema: there(json.components.schemas[name], name) }
}

function anyProperty(json: DocumentNode, random: Stream) {
  const { name, schema } = anySchema(json, random)
  const property = pick(random, Object.keys(schema.properties))
  return { place: `${name}.${property}`, schema, property, own: there(schema.properties[property], property) }
}

const METHODS: readonly Method[] = ['get', 'post', 'put', 'delete']
const isMethod = (key: string): key is Method => METHODS.some((method) => method === key)

function anyOperation(json: DocumentNode, random: Stream) {
  const all = Object.entries(json.paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter(isMethod)
      .map((method) => ({ path, method, item, operation: there(item[method], method) })),
  )
  return pick(random, all)
}

const text = { type: 'string' }
const json = (schema: SchemaNode) => ({ 'application/json': { schema } })

const atLeastOne = <T>([first, ...others]: readonly T[]): [T, ...T[]] | undefined =>
  first === undefined ? undefined : [first, ...others]

/** Kinds of changes that a next version of the document can bring. */
const CHANGES: readonly Change[] = [
  (root, random) => {
    const { name, schema } = anySchema(root, random)
    const shape = pick(random, SHAPES)
    schema.properties.next = shape
    schema.required = [...(schema.required ?? []), 'next']
    return `${name} requires a new ${JSON.stringify(shape)}`
  },
  (root, random) => {
    const { name, schema } = anySchema(root, random)
    schema.properties.next = pick(random, SHAPES)
    return `${name} has a new optional property`
  },
  (root, random) => {
    const { place, schema, property } = anyProperty(root, random)
    delete schema.properties[property]
    const required = (schema.required ?? []).filter((name) => name !== property)
    if (required.length > 0) schema.required = required
    else delete schema.required
    return `${place} is gone`
  },
  (root, random) => {
    const { place, schema, property } = anyProperty(root, random)
    schema.required = [...new Set([...(schema.required ?? []), property])]
    return `${place} is required`
  },
  (root, random) => {
    const { name, schema } = anySchema(root, random)
    delete schema.required
    return `nothing of ${name} is required`
  },
  (root, random) => {
    const { place, schema, property } = anyProperty(root, random)
    schema.properties[property] = pick(random, SHAPES)
    return `${place} has another schema`
  },
  (root, random) => {
    const { Pet, Domain } = root.components.schemas
    const holder = there(there(pick(random, [Pet, Domain]), 'record').properties.status, 'status')
    const known = there(holder.enum, 'enum')
    holder.enum = pick(random, [['gone'], [...known, 'new'], known.slice(1)])
    return `an enum is ${holder.enum}`
  },
  (root, random) => {
    const { place, own } = anyProperty(root, random)
    own.format = pick(random, ['email', 'uri', 'date', 'uuid'])
    return `${place} has a format`
  },
  (root, random) => {
    const { name, schema } = anySchema(root, random)
    schema.additionalProperties = false
    return `${name} is closed`
  },
  (root, random) => {
    const { path, method, item } = anyOperation(root, random)
    delete item[method]
    return `${method} ${path} is gone`
  },
  (root, random) => {
    const { operation } = anyOperation(root, random)
    operation.operationId = `${operation.operationId}2`
    return `an operation is called ${operation.operationId}`
  },
  (root, random) => {
    const { path, item } = anyOperation(root, random)
    delete root.paths[path]
    root.paths[`/next${path}`] = item
    return `${path} has moved`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    const place = pick(random, ['query', 'header'])
    const added = { name: 'next', in: place, required: true, schema: pick(random, SHAPES.slice(0, 7)) }
    operation.parameters = [...(operation.parameters ?? []), added]
    return `${method} ${path} requires a ${place} parameter`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    for (const parameter of operation.parameters ?? []) if (parameter.in !== 'path') parameter.required = false
    return `${method} ${path} requires no query`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    operation.parameters = (operation.parameters ?? []).map((parameter) => ({ ...parameter, schema: text }))
    return `the parameters of ${method} ${path} are texts`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    const [[status, first], ...others] = there(atLeastOne(Object.entries(operation.responses)), 'response')
    operation.responses = { 201: first, ...Object.fromEntries(others) }
    return `${method} ${path} answers 201 for ${status}`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    const status = pick(random, Object.keys(operation.responses))
    delete operation.responses[status]
    return `${method} ${path} does not document ${status}`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    operation.responses['200'] = {
      description: 'next',
      content: json(pick(random, [...SHAPES, { $ref: '#/components/schemas/User' }])),
    }
    return `${method} ${path} answers something else`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    operation.responses['200'] = {
      description: 'next',
      headers: { 'X-Next': { required: true, schema: pick(random, SHAPES.slice(0, 7)) } },
    }
    return `${method} ${path} answers with a new header alone`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    operation.requestBody = { required: true, content: json(pick(random, [...SHAPES, { type: 'array', items: text }])) }
    return `${method} ${path} takes another body`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    operation.responses['404'] = {
      description: 'next',
      content: json({
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'integer' }, message: text },
      }),
    }
    return `${method} ${path} has an error body of its own`
  },
  (root, random) => {
    const name = pick(random, ['Inbox', 'Pet', 'Domain', 'User'])
    const schema = { $ref: `#/components/schemas/${name}` }
    const responses = { 200: { description: 'next', content: json(schema) } }
    root.paths['/next'] = {
      get: {
        operationId: 'listNext',
        responses: { 200: { description: 'next', content: json({ type: 'array', items: schema }) } },
      },
      post: { operationId: 'addNext', requestBody: { required: true, content: json(schema) }, responses },
    }
    root.paths['/next/{id}'] = {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: { operationId: 'getNext', responses },
      put: { operationId: 'putNext', requestBody: { content: json(schema) }, responses },
      delete: { operationId: 'deleteNext', responses: { 204: { description: 'next' } } },
    }
    return `there are records of ${name} at /next`
  },
  (root, random) => {
    const schema = pick(random, SHAPES)
    root.paths['/next/deep/{a}/{b}'] = {
      get: {
        operationId: 'getNext',
        parameters: ['a', 'b'].map((name) => ({ name, in: 'path', required: true, schema: text })),
        responses: { 200: { description: 'next', content: json(schema) } },
      },
    }
    return `a new operation answers ${JSON.stringify(schema)}`
  },
  (root, random) => {
    root.servers = pick(random, [
      [],
      [{ url: '/v3' }],
      [{ url: 'v3/' }],
      [{ url: 'https://{host}/{v}', variables: { host: { default: 'a.example' }, v: { default: 'v9' } } }],
    ])
    return `the servers are ${JSON.stringify(root.servers)}`
  },
  (root, random) => {
    const { operation, path, method } = anyOperation(root, random)
    operation.security = pick(random, [[], [{ api_key: [] }]])
    return `${method} ${path} has the security ${JSON.stringify(operation.security)}`
  },
  (root, random) => {
    const name = pick(random, NAMED)
    delete root.components.schemas[name]
    return `the schema ${name} is gone`
  },
]

/** That many single edits of the packaged document, the same ones each time; each kind comes in turn. */
export function singleEdits(count: number, seed = 1): Edit[] {
  // The packaged document was validated when it was loaded.
  const own = loadDocument(pathOf('openapi.yaml')).json as unknown as DocumentNode
  return Array.from({ length: count }, (_, index) => {
    const copy = structuredClone(own)
    const change = CHANGES[index % CHANGES.length] as Change
    const name = change(copy, streamOf(seed, 'edit', index))
    return { name: `${index}: ${name}`, text: JSON.stringify(copy, null, 1) }
  })
}
