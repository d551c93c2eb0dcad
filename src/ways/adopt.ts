import type { ProfilePart } from './profile.ts'
import type { Change, Reason } from './way.ts'

/** Some answers of the server differ from others, so that one setting cannot be all of them. */
const VARIES: Reason = 'the server does one thing here and another there'

/** Adopts a status: the habit ends in it. */
export const statusOr =
  (part: (status: number) => ProfilePart) =>
  ({ live }: Change): ProfilePart | Reason => {
    const status = Number(/^(?:refuses with )?(\d{3})$/.exec(live)?.[1])
    if (Number.isNaN(status)) return live.includes(' or ') ? VARIES : 'the mock has no setting for it'
    return status < 400 ? 'a refusal must be refused by a status from 400 on' : part(status)
  }

/** Adopts a media type. */
export const mediaTypeOr =
  (part: (mediaType: string) => ProfilePart) =>
  ({ live }: Change): ProfilePart | Reason =>
    /^[\w.+-]+\/[\w.+-]+$/.test(live) ? part(live) : VARIES
