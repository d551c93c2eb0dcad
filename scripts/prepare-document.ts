import { parseApiDocument } from '../src/openapi/document.ts'

/** A document's text and what reading it gives, as JSON: see `openapi/prepared-document.ts`. */
export function prepareDocument(text: string): string {
  const { json, lines } = parseApiDocument(text, 'openapi.yaml')
  return JSON.stringify({ text, json, lines: [...lines] })
}
