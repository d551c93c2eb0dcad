import type { ApiDocument } from '../openapi/document.ts'
import type { JsonObject } from '../openapi/json-object.ts'
import type { AdminDocument } from './admin/document.ts'
import type { GateOptions } from './admin/gate.ts'
import type { Events, EventsServices } from './events/events.ts'
import type { Decompress } from './http/content-codings.ts'
import type { Live } from './live.ts'
import type { NextVersion } from './next-version/next-version.ts'
import type { Runs } from './runs/runs.ts'
import type { IndexPage } from './site/site-options.ts'
import type { Ui } from './ui/ui.ts'

/** The services that a mock takes from where it runs: Node, or a page. */
export interface Platform {
  /** Loads the OpenAPI document at a path, or the packaged one. Throws a DocumentError if it cannot be used. */
  readonly loadDocument: (path?: string) => ApiDocument
  /** Changes a document that is served from now on, for a profile. */
  readonly prepare?: (api: ApiDocument) => ApiDocument
  /** Loads the control plane's document, which refers to the schemas of the API's. */
  readonly loadAdminDocument: (api: ApiDocument) => AdminDocument
  /** Serves another version of the document; undefined for the packaged one, and where there is no other. */
  readonly nextVersion?: (api: ApiDocument, seed: number) => NextVersion | undefined
  /** Stands between the mock and a live server; absent without one. */
  readonly live?: Live
  /** The reports on other servers that this mock makes; absent where it makes none. */
  readonly runs?: Runs
  /** Tells of what happens in a mock; absent where nobody listens. */
  readonly events?: (services: EventsServices) => Events
  /** Serves the page of the control plane; absent where no browser asks. */
  readonly ui?: (gate: GateOptions) => Ui
  /** Writes JSON as YAML. */
  readonly writeYaml: (json: JsonObject) => string
  /** Writes the page that stands at the root; absent where no browser asks for it. */
  readonly indexPage?: IndexPage
  /** The content codings of request bodies that are undone, by name. */
  readonly contentCodings: Readonly<Record<string, Decompress>>
  /** The budget for the memory of a mock's sessions, in MB. */
  readonly memoryMb: () => number
  /** The version of this package. */
  readonly version: () => string
  /** Warns the person who runs the mock of a defect. */
  readonly warn: (text: string) => void
}
