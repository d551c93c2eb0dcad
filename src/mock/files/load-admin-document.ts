import { readFileSync } from 'node:fs'
import type { ApiDocument } from '../../openapi/document.ts'
import type { JsonObject } from '../../openapi/json-object.ts'
import { parseApiDocument, readPreparedDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import { digestOf, readPrepared } from '../../openapi/prepared-document.ts'
import type { AdminDocument } from '../admin/document.ts'
import { loadOwnDocument } from './load-served-document.ts'

/** Reading is slow and depends on the API's document alone, so mocks of one document share the result. */
const read = new WeakMap<ApiDocument, AdminDocument>()

/** Reads the control plane's document; it may refer to the schemas of the API's. */
export function loadAdminDocument(api: ApiDocument): AdminDocument {
  const known = read.get(api)
  if (known) return known
  const path = pathOf('src/mock/admin/openapi.yaml')
  const text = readFileSync(path, 'utf8')
  const loaded = { text, document: readAdminDocument(api, text, path) }
  read.set(api, loaded)
  return loaded
}

/** Beside the package's own API the control plane's document is as the build read it. */
function readAdminDocument(api: ApiDocument, text: string, path: string): ApiDocument {
  const prepared = api.compiled === undefined ? undefined : readPrepared('admin-document.json')
  if (prepared?.digest === digestOf(text)) return readPreparedDocument(prepared, path, 'admin-validators')
  const schemasOf = ({ json }: ApiDocument) => (json.components as { schemas?: JsonObject } | undefined)?.schemas
  // Another version may have lost a schema with the operations that it was for.
  return parseApiDocument(text, path, { ...schemasOf(loadOwnDocument()), ...schemasOf(api) })
}
