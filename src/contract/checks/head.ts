import { type Answer, type Interaction, isMethodRefusal, mediaTypeOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** HEAD must answer like GET, without the body (RFC 9110, section 9.3.2). */
export const head = defineCheck({
  id: 'head',
  title: 'HEAD answers like GET, without the body',

  /** Status, media type and length must be those of GET. */
  likeGet: (get: Interaction, wanted: Answer, came: Answer): Observation | undefined => {
    if (isMethodRefusal(came.status) && !isMethodRefusal(wanted.status)) return refusedHead(came)
    const length = came.headers['content-length']
    const typed = came.headers['content-type'] === undefined ? wanted : came
    const differing = [
      ['status', wanted.status, came.status],
      ['Content-Type', mediaTypeOf(wanted), mediaTypeOf(typed)],
      ['Content-Length', hasComparableLength(get, came) ? String(wanted.bytes.length) : length, length],
    ].find(([, before, after]) => before !== after)
    if (differing === undefined) return undefined
    const [name, before, after] = differing
    return { place: `HEAD ${name}`, expected: `${name}: ${before}, as for GET`, actual: String(after) }
  },
})

/** Content-Length may be left out and differs between encodings; the token of a login may differ in length. */
const hasComparableLength = (get: Interaction, came: Answer) =>
  came.headers['content-length'] !== undefined &&
  came.headers['content-encoding'] === get.answer?.headers['content-encoding'] &&
  get.operation?.id !== 'loginUser'

/** RFC 9110, section 9.1, asks every server for HEAD, but the document names no such operation. */
const refusedHead = ({ status }: Answer): Observation => ({
  level: 'advice',
  place: 'HEAD is refused',
  expected: 'HEAD, as every server should know it (RFC 9110, section 9.1)',
  actual: String(status),
})
