import type { ApiDocument } from '../src/openapi/document.ts'

/** A document's text and the result of reading it, as JSON: see `openapi/prepared-document.ts`. */
export function prepareDocument(text: string, { json, lines }: ApiDocument): string {
  return JSON.stringify({ text, json, lines: [...lines] })
}
