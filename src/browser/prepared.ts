import type { JsonObject } from '../openapi/json-object.ts'
import type { Compiled } from '../openapi/validators/compiled-validator.ts'

/** A document of the package, and the validators that the build compiled for it. */
export interface PreparedForPage {
  readonly json: JsonObject
  /** The line of each node, or 0 where it has none, in the order of `pointersOf`; each as the difference to the one before. */
  readonly lines: readonly number[]
  readonly validators: Compiled
}

/** All that the build prepares for a page. */
export interface PagePackage {
  readonly version: string
  readonly api: PreparedForPage
  readonly admin: PreparedForPage
}

/** The build puts a module with the prepared values in place of this one (`scripts/bundle-browser.ts`). */
export function prepared(): PagePackage {
  throw new Error('Only the built package runs in a page: npm run build makes dist/bundle/browser.mjs.')
}
