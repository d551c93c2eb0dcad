import type { components } from './generated/admin.ts'

type Schemas = components['schemas']

/** The settings of the live server. */
export type UpstreamState = Schemas['Upstream']
/** A change of it. */
export type UpstreamChange = Schemas['UpstreamChange']
/** The ways in which answers of the live server broke the document. */
export type UpstreamViolations = Schemas['UpstreamViolations']
/** A state of what the live server has shown, and a list of what was left out and scrubbed. */
export type Recording = Schemas['Recording']

/** The live server behind the mock, as it is controlled while the mock runs. */
export interface UpstreamApi {
  readonly state: () => UpstreamState
  /** Changes what is given. Throws an ApiError (400) if it names an operation that there is not; nothing is changed then. */
  readonly set: (change: UpstreamChange) => UpstreamState
  readonly violations: () => UpstreamViolations
  readonly clearViolations: () => void
  /** A state file of what was seen, without secrets. */
  readonly recording: () => Promise<Recording>
}
