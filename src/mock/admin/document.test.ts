import { expect, test } from '@jest/globals'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { KINDS } from '../faults/kinds/index.ts'
import { loadAdminDocument } from '../files/load-admin-document.ts'
import { PACKS } from '../store/pack.ts'
import { ROUTES } from './routes.ts'

const { document } = loadAdminDocument(loadDocument(pathOf('openapi.yaml')))
const { schemas, operations } = document
const json = document.json as unknown as {
  components: { schemas: { FaultStep: { 'x-schema-by-kind': Record<string, string> } } }
}
const { 'x-schema-by-kind': schemaOf } = json.components.schemas.FaultStep

/** The fields that each kind takes beside its name. */
const fieldsOf = Object.entries(KINDS).map(
  ([kind, { required, optional }]) => [kind, required.map(String), optional.map(String)] as const,
)

test('the document and the table have the same routes', () => {
  expect(operations.map(({ id }) => id).sort()).toEqual(Object.keys(ROUTES).sort())
})

test('the document and the table have the same kinds of fault', () => {
  const kinds = Object.keys(KINDS).sort()
  expect(schemas.FaultStep?.properties.kind?.enum?.toSorted()).toEqual(kinds)
  expect(Object.keys(schemaOf).sort()).toEqual(kinds)
})

test.each(fieldsOf)('the step %s takes in the document what it takes in the table', (kind, required, optional) => {
  const step = schemas[schemaOf[kind]?.replace('#/components/schemas/', '') ?? '']
  expect(step?.properties.kind?.enum).toEqual([kind])
  expect(step?.required.toSorted()).toEqual(['kind', ...required].sort())
  expect(Object.keys(step?.properties ?? {}).sort()).toEqual(['kind', ...required, ...optional].sort())
})

test('a step takes in general what the kinds take', () => {
  const fields = fieldsOf.flatMap(([, required, optional]) => [...required, ...optional])
  expect(Object.keys(schemas.FaultStep?.properties ?? {}).sort()).toEqual([...new Set(['kind', ...fields])].sort())
})

test('the document and the table have the same packs of fixtures', () => {
  expect(schemas.Reset?.properties.pack?.enum?.toSorted()).toEqual(PACKS.toSorted())
})
