import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString, COMMENT_HEADER, oapiRef, tsUnion } from 'openapi-typescript'
import ts from 'typescript'
import { parse } from 'yaml'

// Writes the types of the control plane's document. It refers to schemas of the API's document, whose types exist already.
const API = 'openapi.yaml'
const ADMIN = 'src/mock/admin/openapi.yaml'
const OUTPUT = 'src/mock/admin/generated/admin.ts'
const IMPORT = "import type { components as api } from '../../../openapi/generated/api.ts'"

const read = (file) => parse(readFileSync(file, 'utf8'))
const admin = read(ADMIN)
const own = admin.components.schemas
const api = read(API)
const lent = api.components.schemas
const operationIds = Object.values(api.paths).flatMap((item) =>
  Object.values(item).flatMap(({ operationId = [] }) => operationId),
)
admin.components.schemas = { ...lent, ...own }

const types = await openapiTS(admin, {
  inject: IMPORT,
  immutable: true,
  defaultNonNullable: false,
  transform: (schema, { path }) => lentType(path) ?? unionOf(schema) ?? operationId(schema) ?? anyObject(schema),
})
writeFileSync(OUTPUT, `${COMMENT_HEADER}${astToString(types)}`)

/** A schema of the API has the type that was generated from the API's document. */
function lentType(path) {
  const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(path) ?? []
  if (name === undefined || name in own) return undefined
  return ts.factory.createTypeReferenceNode(`api["schemas"]["${name}"]`)
}

/** A schema that names one schema for each of its kinds is one of these. */
function unionOf({ 'x-schema-by-kind': schemas }) {
  return schemas && tsUnion(Object.values(schemas).map((ref) => oapiRef(ref)))
}

/**
 * The ids of the API's operations, so that a misspelt one does not compile; over HTTP, another document may have others. They
 * are written out, because `keyof operations` would bring the types of all operations into each entry of the package.
 */
function operationId({ 'x-operation-id': isId }) {
  return isId && tsUnion(operationIds.map((id) => ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(id))))
}

/** Of an object without properties nothing else is known. */
function anyObject({ type, properties, additionalProperties }) {
  if (type !== 'object' || properties || additionalProperties) return undefined
  return ts.factory.createKeywordTypeNode(ts.SyntaxKind.ObjectKeyword)
}
