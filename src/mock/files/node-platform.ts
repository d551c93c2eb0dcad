import { loadDocument } from '../../openapi/document.ts'
import { pathOf, readVersion } from '../../openapi/package-files.ts'
import { loadAdminDocument } from '../admin/document.ts'
import { CONTENT_CODINGS } from '../http/content-codings.ts'
import type { Platform } from '../platform.ts'

/** Node: documents are files, codings are those of zlib, and a defect is a warning of the process. */
export const nodePlatform: Platform = {
  loadDocument: (path = pathOf('openapi.yaml')) => loadDocument(path),
  loadAdminDocument,
  contentCodings: CONTENT_CODINGS,
  version: readVersion,
  warn: (text) => process.emitWarning(text, { type: 'Defect' }),
}
