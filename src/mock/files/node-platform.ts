import { getHeapStatistics } from 'node:v8'
import { printable } from '../../http/printable.ts'
import { REDACTION } from '../../http/redaction/redaction.ts'
import { pathOf, readVersion } from '../../openapi/package-files.ts'
import { yaml } from '../../openapi/yaml.ts'
import { lazyEvents } from '../events/lazy-events.ts'
import { CONTENT_CODINGS } from '../http/content-codings.ts'
import { createNextVersion } from '../next-version/next-version.ts'
import type { Platform } from '../platform.ts'
import { indexPage } from '../site/index-page.ts'
import { createUi } from '../ui/ui.ts'
import { loadAdminDocument } from './load-admin-document.ts'
import { loadOwnDocument, loadServedDocument } from './load-served-document.ts'
import { uiFiles } from './ui-files.ts'

/** The most that the default gives, in MB. */
export const MOST_MEMORY = 512

/** A request may need some hundred MB for the time that it takes, so most of the heap is left free. */
function quarterOfHeap(): number {
  const { heap_size_limit: bytes } = getHeapStatistics()
  return Math.min(MOST_MEMORY, Math.floor(bytes / 4 / 1024 / 1024))
}

/** Node: documents are files, codings are those of zlib, and a defect is a warning of the process. */
export const nodePlatform: Platform = {
  loadDocument: (path = pathOf('openapi.yaml')) => loadServedDocument(path),
  loadAdminDocument,
  nextVersion: (api, seed) => {
    const own = loadOwnDocument()
    return api === own || api.compiled !== undefined ? undefined : createNextVersion(api, own, seed)
  },
  // Readers of OpenAPI documents know no aliases.
  writeYaml: (json) => yaml().stringify(json, { aliasDuplicateObjects: false }),
  events: lazyEvents,
  ui: (gate) => createUi(uiFiles(), gate),
  indexPage,
  contentCodings: CONTENT_CODINGS,
  memoryMb: quarterOfHeap,
  version: readVersion,
  warn: (text) => process.emitWarning(printable(REDACTION.phrase(text)), { type: 'Defect' }),
}
