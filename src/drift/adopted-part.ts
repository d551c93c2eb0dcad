import type { ApiDocument } from '../openapi/document.ts'
import type { ProfilePart } from '../ways/profile.ts'
import type { Reason } from '../ways/way.ts'
import type { WayChange } from './find-changes.ts'

/** The part of a profile that has the mock do as the live server, or why there is none. */
export function adoptedPart({ way, change }: WayChange, document: ApiDocument): ProfilePart | Reason {
  const part = way.adopt?.(change, document) ?? 'the mock has no setting for it'
  return typeof part === 'object' && change.of !== undefined
    ? 'the mock has one setting for it, and the server does so in some answers alone'
    : part
}
