import type { ApiDocument } from '../../openapi/document.ts'
import type { JsonObject } from '../../openapi/json-object.ts'

/** The content that the pages outside of the API are made of. */
export interface SiteOptions {
  readonly document: ApiDocument
  readonly version: () => string
  readonly writeYaml: (json: JsonObject) => string
  /** A key to show; undefined where the mock's keys are the user's own. */
  readonly apiKey: string | undefined
}
