import type { ApiDocument } from '../../openapi/document.ts'
import type { JsonObject } from '../../openapi/json-object.ts'
import { DEFAULTS } from '../defaults.ts'

/** The content that the pages outside of the API are made of. */
export interface SiteOptions {
  readonly document: ApiDocument
  readonly version: () => string
  readonly writeYaml: (json: JsonObject) => string
  /** Absent where no browser asks: then the root is JSON for all. */
  readonly indexPage?: IndexPage | undefined
  /** Whether the page that shows the mock was not built. */
  readonly lacksUi?: (() => boolean) | undefined
  /** A key to show; undefined where the mock's keys are the user's own. */
  readonly apiKey: string | undefined
}

/** Writes the page at the root as HTML, for clients that reached it by this origin. */
export type IndexPage = (options: SiteOptions, origin: string) => string

/** The key to show: the default one if it is accepted. A key of the user's own is theirs to know. */
export const keyToShow = (apiKeys: readonly string[]): string | undefined =>
  apiKeys.find((key) => key === DEFAULTS.apiKey)
