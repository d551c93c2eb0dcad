import type { ApiDocument } from '../../openapi/document.ts'

/** The control plane's own document, and its text. */
export interface AdminDocument {
  readonly document: ApiDocument
  readonly text: string
}
