import type { ApiDocument } from './api-document.ts'

/** The API's document, as the mock enforces it. */
export async function loadDocument(): Promise<ApiDocument> {
  const response = await fetch('/openapi.json')
  if (!response.ok) throw new Error(`The document could not be loaded: ${response.status}.`)
  return response.json()
}
