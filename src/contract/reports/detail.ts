import type { Finding, Place } from '../finding.ts'

/** How many places of one finding are named. */
const MOST_PLACES = 20

/** All that is known of a finding, in lines: its sentence first, then the difference, where, and the commands that show it. */
export function detailLines(finding: Finding, document = ''): string[] {
  const { id, operation, check, message, place, expected, actual, line, curl, replay } = finding
  const others = otherPlaces(finding)
  return [
    message,
    `finding: ${operation}, ${check} at ${place} (${id})`,
    `expected: ${expected}${document === '' || curl === '' ? '' : ` (${document}, line ${line})`}`,
    `received: ${actual}`,
    ...(curl === '' ? [] : [`see it: ${curl}`]),
    ...(others === '' ? [] : [`also at: ${others}`]),
    ...(replay === '' ? [] : [`replay: ${replay}`]),
  ]
}

/** The places of a finding besides its first, as far as they are not too many; '' if there is none. */
export function otherPlaces(finding: Finding): string {
  const { places } = finding
  const named = places.slice(1, MOST_PLACES).map((place) => placeName(place, finding))
  const more = places.length - 1 - named.length
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

/** Another place of a finding, with its operation and check if they are others. */
const placeName = ({ operation, check, place }: Place, first: Place): string =>
  [...(operation === first.operation ? [] : [`${operation}:`]), ...(check === first.check ? [] : [check]), place].join(
    ' ',
  )
