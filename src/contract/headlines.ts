import type { CheckId } from './checks/index.ts'
import type { Place } from './finding.ts'

/** How findings of a check are put into words. */
export interface Headline {
  /** Completes `getPetById …`. */
  readonly does: string | ((place: Place) => string)
  readonly source: 'the reference' | 'HTTP'
  /** Its places are `ways` to send a request, or `places` in an answer or record. */
  readonly counts: 'ways tried' | 'places'
}

const reference = (does: Headline['does'], counts: Headline['counts'] = 'places'): Headline => ({
  does,
  source: 'the reference',
  counts,
})
const http = (does: Headline['does'], counts: Headline['counts'] = 'places'): Headline => ({
  does,
  source: 'HTTP',
  counts,
})

/** The words of each check. */
export const HEADLINES: { readonly [Id in CheckId]: Headline } = {
  answered: http('gives no whole answer', 'ways tried'),
  'server-error': http('fails', 'ways tried'),
  status: reference('does not give a valid request its documented success', 'ways tried'),
  authentication: reference(
    ({ expected }) =>
      /^401|without the right key/.test(expected) ? 'does not ask for a key' : 'asks for more than the key',
    'ways tried',
  ),
  refusal: reference('accepts what it should refuse', 'ways tried'),
  existence: reference('finds what is not there', 'ways tried'),
  'wrong-method': http('answers a method or path that is not documented', 'ways tried'),
  allow: http('names wrong methods in Allow'),
  head: http('answers HEAD otherwise than GET'),
  framing: http('frames its answers otherwise than HTTP says'),
  'content-type': reference('gives its body a media type that is not documented'),
  accept: reference('does not honour Accept'),
  'content-encoding': http('sends its body in another coding than it names, or may use'),
  charset: http('names another charset than its body has'),
  'byte-order-mark': http('begins JSON with a byte order mark'),
  'well-formed': http('sends a body that cannot be read'),
  'xml-root': reference('gives its XML another root'),
  'xml-types': reference('writes XML otherwise than its schema'),
  'xml-equals-json': reference('says something else in XML than in JSON'),
  'body-schema': reference('sends a body that breaks its schema'),
  headers: reference('sends a documented header wrongly, or not at all'),
  memory: reference('does not keep what it was sent, nor does any other operation'),
  'read-back': reference('does not store what it was sent'),
  'refused-write': reference('stores part of what it refused'),
  isolation: reference('changes more than it was asked to'),
  'safe-reading': http('changes what it reads'),
  idempotency: reference('comes to something else the second time'),
  deletion: reference('does not delete'),
  filters: reference('lists too much or too little'),
  inventory: reference('counts otherwise than the lists show'),
  'cross-check': reference('contradicts another answer'),
  'unique-ids': reference('gives two records one id'),
  login: reference('gives no usable login'),
  leak: http('tells a secret in an error'),
  sequence: reference('departs from the described behaviour after some steps'),
}

/** The words of a check; of one that has none, such as the baseline, nothing is said but the difference. */
export const headlineOf = (check: string): Headline | undefined =>
  Object.hasOwn(HEADLINES, check) ? HEADLINES[check as CheckId] : undefined
