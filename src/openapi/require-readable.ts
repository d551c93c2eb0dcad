import { DocumentError } from './document-error.ts'
import type { JsonObject } from './json-object.ts'
import { pointerTo, valueAt } from './json-pointer.ts'
import { plainText } from './plain-text.ts'
import { follow } from './reference.ts'

/** Methods of operations, and those that the mock answers itself. */
const METHODS = ['get', 'post', 'put', 'delete', 'patch']
const OWN_METHODS = ['head', 'options', 'trace']

/**
 * Throws a DocumentError for what OpenAPI's own schema allows and nobody here would mind: paths by reference, servers of one
 * operation, cookies. All that is not refused is enforced. The document has passed OpenAPI's own schema.
 */
export function requireReadable(root: JsonObject): void {
  const ids = new Map<string, string>()
  for (const [path, item] of Object.entries(root.paths as JsonObject)) {
    const pointer = pointerTo('/paths', path)
    refuseKeys(item as JsonObject, pointer, ['$ref', 'servers', ...OWN_METHODS])
    requireSegments(path, pointer)
    for (const [method, operation] of Object.entries(item as JsonObject))
      if (METHODS.includes(method))
        requireOperation(root, path, operation as JsonObject, pointerTo(pointer, method), ids)
  }
  requireDistinct(Object.keys(root.paths as JsonObject))
  refuseExternalValues(root, '')
}

const REMEDIES: Readonly<Record<string, string>> = {
  $ref: 'Write the operations of the path in place',
  servers: 'Name the server once, at the top of the document',
  requestBody: 'Remove it: a GET has no body (RFC 9110, section 9.3.1)',
  callbacks: 'Remove it: the mock calls nobody',
}

function refuseKeys(node: JsonObject, pointer: string, keys: readonly string[]): void {
  const key = keys.find((candidate) => Object.hasOwn(node, candidate))
  if (key === undefined) return
  const at = pointerTo(pointer, key)
  const remedy = REMEDIES[key] ?? 'Remove it: the mock answers that method itself'
  throw new DocumentError(`${at} is not supported. ${remedy}.`, at)
}

/** A segment of a path is a text or one parameter. */
function requireSegments(path: string, pointer: string): void {
  const mixed = path.split('/').find((segment) => /[{}]/.test(segment) && !/^\{[^{}]+\}$/.test(segment))
  if (mixed === undefined) return
  throw new DocumentError(`${pointer} has the segment ${mixed}. Make it one parameter, such as {id}, or none.`, pointer)
}

function requireDistinct(paths: readonly string[]): void {
  const known = new Map<string, string>()
  for (const path of paths) {
    const shape = path.replaceAll(/\{[^{}]+\}/g, '{}')
    const other = known.get(shape)
    const pointer = pointerTo('/paths', path)
    if (other !== undefined) throw new DocumentError(`${pointer} is the same path as ${other}. Merge the two.`, pointer)
    known.set(shape, path)
  }
}

type Ids = Map<string, string>

function requireOperation(root: JsonObject, path: string, operation: JsonObject, pointer: string, ids: Ids): void {
  refuseKeys(operation, pointer, ['servers', 'callbacks', ...(pointer.endsWith('/get') ? ['requestBody'] : [])])
  const { operationId } = operation
  if (typeof operationId !== 'string' || operationId === '')
    throw new DocumentError(`${pointer} has no operationId. Give it one.`, pointer)
  const other = ids.get(operationId)
  const at = `${pointer}/operationId`
  if (other !== undefined) throw new DocumentError(`${at} is ${operationId}, like that of ${other}. Rename one.`, at)
  ids.set(operationId, pointer)
  requireParameters(root, path, pointer)
  requireSecurity(root, operation, pointer)
}

function requireParameters(root: JsonObject, path: string, pointer: string): void {
  const lists = [pointer.slice(0, pointer.lastIndexOf('/')), pointer].map((parent) => `${parent}/parameters`)
  const found = lists.flatMap((at) =>
    ((valueAt(root, at) ?? []) as unknown[]).map((item, index) => follow(root, item, pointerTo(at, index))),
  )
  for (const { node, pointer: at } of found) requireParameter(node, path, at)
  for (const [, name = ''] of path.matchAll(/\{([^{}]+)\}/g))
    if (!found.some(({ node }) => node.in === 'path' && node.name === name))
      throw new DocumentError(`${pointer} documents no path parameter ${name}. Add it to parameters.`, pointer)
}

function requireParameter(node: JsonObject, path: string, at: string): void {
  if (node.in === 'cookie')
    throw new DocumentError(`${at} is a parameter in a cookie, which is not supported. Use a header.`, at)
  if (node.content !== undefined)
    throw new DocumentError(`${at}/content is not supported. Use schema.`, `${at}/content`)
  if (node.in === 'path' && !path.includes(`{${plainText(node.name)}}`))
    throw new DocumentError(`${at} is in the path, and the path has no {${plainText(node.name)}}. Add it there.`, at)
}

/** The mock knows one way to authenticate. */
function requireSecurity(root: JsonObject, operation: JsonObject, pointer: string): void {
  const at = operation.security === undefined ? '/security' : `${pointer}/security`
  const names = ((valueAt(root, at) ?? []) as readonly object[]).flatMap((requirement) => Object.keys(requirement))
  for (const name of names) {
    const scheme = pointerTo('/components/securitySchemes', name)
    const item = valueAt(root, scheme)
    if (item === undefined)
      throw new DocumentError(`${at} names ${name}, which ${scheme} does not describe. Add it.`, at)
    const { node } = follow(root, item, scheme)
    if (node.type !== 'apiKey' || node.in !== 'header' || node.name !== 'api_key')
      throw new DocumentError(`${scheme} is not supported. Use an apiKey in the header api_key.`, scheme)
  }
}

function refuseExternalValues(node: unknown, pointer: string): void {
  if (node === null || typeof node !== 'object') return
  if (typeof (node as JsonObject).externalValue === 'string' && /\/examples\/[^/]+$/.test(pointer))
    throw new DocumentError(
      `${pointer}/externalValue is not opened. Write the example into value.`,
      `${pointer}/externalValue`,
    )
  for (const [key, child] of Object.entries(node)) refuseExternalValues(child, pointerTo(pointer, key))
}
