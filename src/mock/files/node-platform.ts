import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf, readVersion } from '../../openapi/package-files.ts'
import { yaml } from '../../openapi/yaml.ts'
import { CONTENT_CODINGS } from '../http/content-codings.ts'
import type { Platform } from '../platform.ts'
import { loadAdminDocument } from './load-admin-document.ts'

/** Node: documents are files, codings are those of zlib, and a defect is a warning of the process. */
export const nodePlatform: Platform = {
  loadDocument: (path = pathOf('openapi.yaml')) => loadDocument(path),
  loadAdminDocument,
  // Readers of OpenAPI documents know no aliases.
  writeYaml: (json) => yaml().stringify(json, { aliasDuplicateObjects: false }),
  contentCodings: CONTENT_CODINGS,
  version: readVersion,
  warn: (text) => process.emitWarning(text, { type: 'Defect' }),
}
