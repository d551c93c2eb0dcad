import { headers, input, success, value, valueIn, withHeaders, without, xml } from '../alter.ts'
import { isRecord } from '../server/check.ts'
import { JSON_TYPE, XML_TYPE } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { User } from '../server/store.ts'
import type { Variant } from '../variant.ts'

/** Changes the text of JSON replies. */
const json =
  (change: (text: string) => string): (() => Seams) =>
  () => ({ text: ({ type }, next) => (type === JSON_TYPE ? change(next()) : next()) })

/** Changes every object of a value, at every depth. */
function eachObject(found: unknown, change: (fields: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(found)) return found.map((item) => eachObject(item, change))
  if (!isRecord(found)) return found
  const inner = Object.entries(found).map(([name, child]) => [name, eachObject(child, change)])
  return change(Object.fromEntries(inner))
}

const escapeAll = (text: string) =>
  text.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Other spellings and other parts of the same values. */
export const bodyVariants: readonly Variant[] = [
  {
    id: 'pretty-json',
    summary: 'JSON is indented and ends in a line break.',
    seams: json((text) => `${JSON.stringify(JSON.parse(text), null, 2)}\n`),
  },
  {
    id: 'ascii-json',
    summary: 'JSON has escapes for all but ASCII.',
    seams: json(escapeAll),
  },
  {
    id: 'reversed-properties',
    summary: 'Properties come in the opposite order, in JSON and XML.',
    seams: value((found) => eachObject(found, (fields) => Object.fromEntries(Object.entries(fields).toReversed()))),
  },
  {
    id: 'extra-properties',
    summary: 'Objects have properties that the document does not name; the inventory has a status without pets.',
    seams: value((found, { match }) =>
      match.operation?.id === 'getInventory'
        ? { ...found, reserved: 0 }
        : eachObject(found, (fields) => ({ ...fields, createdAt: '2026-01-01T00:00:00Z', links: { self: '/' } })),
    ),
  },
  {
    id: 'sparse-inventory',
    summary: 'The inventory leaves out statuses without pets.',
    seams: value((found, { match }) =>
      match.operation?.id === 'getInventory'
        ? Object.fromEntries(Object.entries(found).filter(([, count]) => count !== 0))
        : found,
    ),
  },
  {
    id: 'inventory-of-own-names',
    summary: 'The inventory counts under names of its own, and leaves out those without pets.',
    seams: value((found, { match }) =>
      match.operation?.id === 'getInventory'
        ? Object.fromEntries(
            Object.entries(Object(found))
              .filter(([, count]) => count !== 0)
              .map(([status, count]) => [`pets ${status}`, count]),
          )
        : found,
    ),
  },
  {
    id: 'passwords-hidden',
    summary: 'A user comes without the password.',
    seams: value((found, { match }) => (match.operation?.id === 'getUserByName' ? without(found, 'password') : found)),
  },
  {
    id: 'bare-domain',
    summary: 'A new domain comes back as its id and name alone.',
    seams: value((found, { match }) =>
      match.operation?.id === 'addDomain' ? { id: found.id, name: found.name } : found,
    ),
  },
  {
    id: 'silent-upload',
    summary: 'An upload is answered with an empty object.',
    seams: value((found, { match }) => (match.operation?.id === 'uploadFile' ? {} : found)),
  },
  {
    id: 'user-ids-assigned',
    summary: 'A user that was stored without an id gets one.',
    seams: value<User>((found, { match }) =>
      match.operation?.id === 'getUserByName' ? { id: 4242, ...found } : found,
    ),
  },
  {
    id: 'charset-named',
    summary: 'Media types are written in capitals and with a charset.',
    seams: success((answer, { type }) =>
      type === undefined || answer.body.length === 0
        ? {}
        : { headers: withHeaders(answer, { 'Content-Type': `${type.replace('a', 'A')};charset=UTF-8` }) },
    ),
  },
  {
    id: 'indented-xml',
    summary: 'XML is indented and has comments, attributes and a processing instruction.',
    seams: xml((text) =>
      text
        .replaceAll('><', '>\n  <!-- next -->\n  <')
        .replace(
          /<(Pets?|User|Domain|DomainIn|string)>/,
          '<?render plain?><$1 xmlns:x="urn:x" x:version="1" version="1">',
        ),
    ),
  },
  {
    id: 'xml-without-declaration',
    summary: 'XML has no declaration, and a start and an end tag for empty elements.',
    seams: xml((text) => text.replace(/^<\?xml[^>]*\?>/, '').replace(/<(\w+)\/>/g, '<$1></$1>')),
  },
  {
    id: 'xml-in-namespace',
    summary: 'The elements of XML are in a namespace of their own.',
    seams: xml((text) =>
      text
        .replace(/<(Pets?|User|Domain|DomainIn|string)([ />])/, '<$1 xmlns="urn:inboxes"$2')
        .replace(/<(Pets?|User|Domain|DomainIn|string)>/, '<$1 xmlns="urn:inboxes">'),
    ),
  },
  {
    id: 'lists-in-short',
    summary: 'Lists show pets without their category.',
    seams: value((found) => (Array.isArray(found) ? found.map((pet) => without(pet, 'category')) : found)),
  },
  {
    id: 'status-by-default',
    summary: 'A pet that is stored without a status is available.',
    seams: input((body, { match }) => (match.operation?.id === 'updatePet' ? { status: 'available', ...body } : body)),
  },
  {
    id: 'xml-in-cdata',
    summary: 'Text in XML stands in CDATA sections, or is escaped by number.',
    seams: xml((text) =>
      text.replace(/<(name|firstName)>([^<&]+)</g, '<$1><![CDATA[$2]]><').replaceAll('&amp;', '&#38;'),
    ),
  },
  {
    id: 'xml-list-root-other',
    summary: 'The root of a list in XML has another name.',
    seams: xml((text) => text.replace('<Pets', '<ArrayOfPet').replace('</Pets>', '</ArrayOfPet>')),
  },
  {
    id: 'xml-list-items-other',
    summary: 'A list in XML has another root, and items that are called item.',
    seams: xml((text) =>
      text.includes('<Pets') ? text.replace(/(<\/?)Pets/g, '$1List').replace(/(<\/?)Pet>/g, '$1item>') : text,
    ),
  },
  {
    id: 'xml-token-root-other',
    summary: 'The token in XML has another root.',
    seams: xml((text) => text.replace(/(<\/?)string>/g, '$1token>')),
  },
  {
    id: 'xml-extra-elements',
    summary: 'XML has elements that the document does not name.',
    seams: valueIn(XML_TYPE, (found) => eachObject(found, (fields) => ({ revision: 3, ...fields }))),
  },
  {
    id: 'expiry-with-offset',
    summary: 'X-Expires-After has an offset and a fraction.',
    seams: success((answer) =>
      'X-Expires-After' in answer.headers
        ? { headers: withHeaders(answer, { 'X-Expires-After': '2099-12-31T23:59:59.123456+00:00' }) }
        : {},
    ),
  },
  {
    id: 'extra-headers',
    summary: 'Answers have headers that nobody asked for.',
    seams: headers({
      'X-Request-Id': 'b1946ac9',
      'Cache-Control': 'no-store',
      'Content-Language': 'en',
      Vary: 'Accept',
      Server: 'unusual/1.0',
      'Set-Cookie': 'visit=1; HttpOnly',
    }),
  },
]
