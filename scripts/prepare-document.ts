import type { ApiDocument } from '../src/openapi/document.ts'
import { digestOf } from '../src/openapi/prepared-document.ts'

/** The digest of a document's text and the result of reading it, as JSON: see `openapi/prepared-document.ts`. */
export function prepareDocument(text: string, { json, lines }: ApiDocument): string {
  return JSON.stringify({ digest: digestOf(text), json, lines: [...lines] })
}
