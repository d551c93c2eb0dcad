import { accept, bodySchema, contentType, decoding } from './body.ts'
import type { InteractionCheck } from './check.ts'
import { headers } from './headers.ts'
import { answered, authentication, existence, refusal, serverError, status, wrongMethod } from './status.ts'

/** The checks that every interaction goes through, by id. */
export const INTERACTION_CHECKS: Readonly<Record<string, InteractionCheck>> = {
  answered,
  'server-error': serverError,
  status,
  authentication,
  refusal,
  existence,
  'wrong-method': wrongMethod,
  'content-type': contentType,
  accept,
  'content-encoding': decoding('content-encoding'),
  charset: decoding('charset'),
  'byte-order-mark': decoding('byte-order-mark'),
  'well-formed': decoding('well-formed'),
  'xml-root': decoding('xml-root'),
  'xml-types': decoding('xml-types'),
  'body-schema': bodySchema,
  headers,
}

/** Every check and what it holds a server to, in the order of the report. */
export const CHECKS = {
  answered: 'Every request is answered, whole',
  'server-error': 'Nothing that is sent gives a 5XX',
  status: 'A valid request gets the documented success',
  authentication: 'The key opens what it should, and nothing else does',
  refusal: 'Invalid requests are refused',
  existence: 'What is not there is not found',
  'wrong-method': 'Methods and paths that are not documented do nothing',
  allow: 'Every 405 for a method has a true Allow',
  head: 'HEAD answers like GET, without the body',
  'content-type': 'Bodies have a documented media type',
  accept: 'Accept is honoured',
  'content-encoding': 'Content-Encoding tells the truth',
  charset: 'Bodies are in the charset they are said to be in',
  'byte-order-mark': 'JSON has no byte-order mark',
  'well-formed': 'JSON and XML are well-formed',
  'xml-root': 'The root of an object in XML has the name of its schema',
  'xml-types': 'XML has the elements and types of its schema',
  'xml-equals-json': 'XML and JSON say the same',
  'body-schema': 'Bodies are what their schemas say',
  headers: 'Documented headers are there and well-formed',
  'read-back': 'What was stored is what was sent',
  'refused-write': 'A refused write changes nothing',
  isolation: 'A write changes nothing else',
  'safe-reading': 'Reading changes nothing',
  idempotency: 'The same request twice comes to the same',
  deletion: 'What was deleted is gone, and nothing else',
  filters: 'Filters find what they should, and nothing else',
  inventory: 'The inventory counts what the lists show',
  'cross-check': 'Two answers about one record agree',
  'unique-ids': 'New records have ids of their own',
  login: 'Login takes the right password and no other',
  sequence: 'Random sequences come to what the model of the API says',
} as const

export type CheckId = keyof typeof CHECKS
