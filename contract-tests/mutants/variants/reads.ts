import { value, without } from '../alter.ts'
import { isRecord } from '../server/check.ts'
import { type Handling, JSON_TYPE, XML_TYPE } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Variant } from '../variant.ts'

type Fields = Readonly<Record<string, unknown>>

const isOperation =
  (...ids: readonly string[]) =>
  ({ match }: Handling) =>
    ids.includes(match.operation?.id ?? '')

/** Changes every object of a value, at every depth. */
function eachObject(found: unknown, change: (fields: Fields) => unknown): unknown {
  if (Array.isArray(found)) return found.map((item) => eachObject(item, change))
  if (!isRecord(found)) return found
  return change(Object.fromEntries(Object.entries(found).map(([name, child]) => [name, eachObject(child, change)])))
}

/** Adds properties to every object but the inventory; the number grows with each reply. */
const adding = (extra: (turn: number) => Fields) => (): Seams => {
  let turn = 0
  return {
    value: (handling, next) => {
      turn += 1
      const more = extra(turn)
      const found = next()
      return isOperation('getInventory')(handling) ? found : eachObject(found, (fields) => ({ ...fields, ...more }))
    },
  }
}

const inLists = (change: (pet: Fields) => unknown) =>
  value<unknown>((found) => (Array.isArray(found) ? found.map(change) : found))

const inOperation = (id: string, change: (fields: Fields, handling: Handling) => unknown) =>
  value((found, handling) => (isOperation(id)(handling) ? change(found, handling) : found))

/** Turns a list, by another number of places at each reading. */
const turning = (): Seams => {
  let turn = 0
  return {
    value: (_handling, next) => {
      const found = next()
      if (!Array.isArray(found)) return found
      turn += 1
      const at = (turn * 7) % Math.max(found.length, 1)
      return [...found.slice(at), ...found.slice(0, at)]
    },
  }
}

/** Changes the text of the media type. */
const text = (type: string, change: (before: string, handling: Handling) => string) => (): Seams => ({
  text: (handling, next) => (handling.type === type ? change(next(), handling) : next()),
})

/** Sends XML in UTF-16, marked at its beginning. */
const wide =
  (mark: readonly number[], encode: (text: string) => Buffer, charset = '') =>
  (): Seams => ({
    answer: (handling, next) => {
      const answer = next()
      if (handling.type !== XML_TYPE || answer.status >= 300 || answer.body.length === 0) return answer
      const said = answer.body.toString('utf8').replace('encoding="UTF-8"', 'encoding="UTF-16"')
      const headers = { ...answer.headers, 'Content-Type': `${XML_TYPE}${charset}` }
      return { ...answer, headers, body: Buffer.concat([Buffer.from(mark), encode(said)]) }
    },
  })

const littleEndian = (said: string) => Buffer.from(said, 'utf16le')
const bigEndian = (said: string) => littleEndian(said).swap16()

/** "Properties that the document does not name: allowed anywhere, at any value, changing at every read." */
const undocumented: readonly Variant[] = [
  {
    id: 'revision-in-every-record',
    summary: 'Every object has a revision that grows at each reading.',
    seams: adding((turn) => ({ _rev: `${turn}-a` })),
  },
  {
    id: 'read-at-in-every-record',
    summary: 'Every object says when it was read, and by which request.',
    seams: adding((turn) => ({ readAt: new Date(turn * 1000).toISOString(), request: { number: turn, path: [turn] } })),
  },
  {
    id: 'links-in-every-record',
    summary: 'Every object has links, a null, an empty list and a number beyond 2^53 that the document does not name.',
    seams: adding(() => ({ _links: { self: { href: '/v2' } }, deletedAt: null, notes: [], serial: 2 ** 60 })),
  },
  {
    id: 'undocumented-come-and-go',
    summary: 'A property that the document does not name is there at every other reading.',
    seams: adding((turn) => (turn % 2 === 0 ? { isFavourite: true } : {})),
  },
  {
    id: 'undocumented-refused-in-bodies',
    summary: 'Objects have a revision, and a body that sends it back is refused.',
    seams: () => ({
      ...adding((turn) => ({ _rev: turn }))(),
      violations: ({ request }, next) =>
        request.body.includes('_rev') ? [{ place: 'body', pointer: '/_rev', expected: 'nothing' }] : next(),
    }),
  },
  {
    id: 'order-shows-more-than-its-name',
    summary: 'A read order has its id, its status and a time besides its name.',
    seams: inOperation('getOrderById', (found, { input, now }) => ({
      ...found,
      id: input.parameter,
      status: 'validated',
      seen: now(),
    })),
  },
]

/** "Absent optional fields": id, category, tags and status of a pet are optional, and so are all fields of a Domain. */
const optional: readonly Variant[] = [
  {
    id: 'lists-without-status',
    summary: 'Lists show pets without their status.',
    seams: inLists((pet) => without(pet, 'status')),
  },
  {
    id: 'lists-without-tags',
    summary: 'Lists show pets without their tags.',
    seams: inLists((pet) => without(pet, 'tags')),
  },
  {
    id: 'lists-with-required-and-id',
    summary: 'Lists show of each pet the id and what is required.',
    seams: inLists(({ id, name, photoUrls }) => ({ id, name, photoUrls })),
  },
  {
    id: 'lists-with-required-alone',
    summary: 'Lists show of each pet what is required, without an id.',
    seams: inLists(({ name, photoUrls }) => ({ name, photoUrls })),
  },
  {
    id: 'lists-with-some-ids',
    summary: 'Every third pet of a list has no id.',
    seams: inLists((pet) => (Number(pet.id) % 3 === 1 ? without(pet, 'id') : pet)),
  },
  {
    id: 'pet-without-id',
    summary: 'A pet at its own path does not repeat the id.',
    seams: inOperation('getPetById', (pet) => without(pet, 'id')),
  },
  {
    id: 'pet-with-empty-lists',
    summary: 'A pet without tags has an empty list of them, at its path and in lists.',
    seams: value((found, { match }) =>
      match.operation?.path.startsWith('/pet/') && match.operation.method === 'GET' ? withTags(found) : found,
    ),
  },
  {
    id: 'empty-lists-left-out',
    summary: 'A pet whose list of tags is empty comes without it.',
    seams: value((found) => eachObject(found, (fields) => (isEmpty(fields.tags) ? without(fields, 'tags') : fields))),
  },
  {
    id: 'inventory-with-other-statuses',
    summary: 'The inventory counts statuses of its own besides, and leaves out those without pets.',
    seams: inOperation('getInventory', (found) => ({
      ...Object.fromEntries(Object.entries(found).filter(([, count]) => count !== 0)),
      reserved: 7,
      'in transit': 0,
    })),
  },
  {
    id: 'empty-answer-to-domain',
    summary: 'A new domain is answered with an empty object.',
    seams: inOperation('addDomain', () => ({})),
  },
  {
    id: 'order-answered-by-its-id',
    summary: 'A new order is answered with its id alone.',
    seams: inOperation('placeOrder', ({ id }) => ({ id })),
    otherwise: ['placeOrder'],
  },
  {
    id: 'user-without-id',
    summary: 'A user never shows its id and its password.',
    seams: inOperation('getUserByName', (user) => without(without(user, 'id'), 'password')),
  },
  {
    id: 'upload-says-little',
    summary: 'An upload is answered with a code of its own.',
    seams: inOperation('uploadFile', () => ({ code: 0, message: '' })),
  },
]

/** Spellings of the same values, and orders that the document does not fix. */
const spellings: readonly Variant[] = [
  { id: 'lists-in-any-order', summary: 'Lists come in another order at each reading.', seams: turning },
  {
    id: 'properties-in-any-order',
    summary: 'Properties come in another order at each reading.',
    seams: () => {
      let turn = 0
      return {
        value: (_handling, next) => {
          turn += 1
          const turned = turn
          return eachObject(next(), (fields) => {
            const entries = Object.entries(fields)
            const at = turned % Math.max(entries.length, 1)
            return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)])
          })
        },
      }
    },
  },
  {
    id: 'ids-with-exponent',
    summary: 'Integers in JSON are written as fractions of zero or with an exponent.',
    seams: text(JSON_TYPE, (said, handling) =>
      isOperation('getPetById', 'findPetsByStatus')(handling)
        ? said.replace(/"id":(\d+)/g, (_, id: string) => (Number(id) % 2 === 0 ? `"id":${id}.0` : `"id":${id}e0`))
        : said,
    ),
  },
  {
    id: 'integers-padded-in-xml',
    summary: 'Integers in XML have line breaks around them.',
    seams: text(XML_TYPE, (said) => said.replace(/<id>(\d+)<\/id>/g, '<id>\n  $1\n</id>')),
  },
  {
    id: 'xml-in-utf16',
    summary: 'XML is in UTF-16, by its mark alone.',
    seams: wide([0xff, 0xfe], littleEndian),
    otherwise: ['getUserByName in XML'],
  },
  {
    id: 'xml-in-utf16-big-endian',
    summary: 'XML is in UTF-16, high bytes first, by its mark alone.',
    seams: wide([0xfe, 0xff], bigEndian),
    otherwise: ['getUserByName in XML'],
  },
  {
    id: 'xml-in-utf16-named',
    summary: 'XML is in UTF-16, which its media type names.',
    seams: wide([0xff, 0xfe], littleEndian, '; charset=utf-16'),
    otherwise: ['getUserByName in XML'],
  },
  {
    id: 'xml-in-utf8-marked',
    summary: 'XML in UTF-8 begins with a mark.',
    seams: text(XML_TYPE, (said) => `\uFEFF${said}`),
  },
  {
    id: 'xml-by-default',
    summary: 'Without a preference the answer is XML.',
    seams: () => ({
      type: ({ match, request }, next) => {
        const { accept = '*/*' } = request.headers
        const isOpen = ['*/*', 'application/*'].includes(accept)
        return isOpen && match.operation?.gives?.types.includes(XML_TYPE) ? XML_TYPE : next()
      },
    }),
    otherwise: [
      'getUserByName',
      'updateUser is stored',
      'loginUser',
      'placeOrder',
      'findPetsByStatus',
      'findPetsByTags',
    ],
  },
  {
    id: 'json-with-escaped-slashes',
    summary: 'JSON escapes slashes, angle brackets and ampersands.',
    seams: text(JSON_TYPE, (said) =>
      said.replaceAll('/', '\\/').replaceAll('<', '\\u003c').replaceAll('>', '\\u003E').replaceAll('&', '\\u0026'),
    ),
  },
  {
    id: 'json-with-blanks',
    summary: 'JSON has line breaks before and after it.',
    seams: text(JSON_TYPE, (said) => `\r\n\t ${said}\r\n`),
  },
]

const isEmpty = (found: unknown) => Array.isArray(found) && found.length === 0

const withTags = (found: unknown): unknown =>
  Array.isArray(found) ? found.map(withTags) : { tags: [], ...(found as Fields) }

/** Other parts, orders and spellings of what is read. */
export const readVariants: readonly Variant[] = [...undocumented, ...optional, ...spellings]
