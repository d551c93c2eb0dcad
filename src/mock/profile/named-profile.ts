import type { LineIndex } from '../../openapi/line-index.ts'
import type { Profile } from '../../ways/profile.ts'

/** A profile, and where it stands, for messages. */
export interface NamedProfile {
  readonly profile: Profile
  readonly source: string
  readonly lines: LineIndex
}
