import { success, value } from '../mutants/alter.ts'
import { isRecord } from '../mutants/server/check.ts'
import { type Handling, JSON_TYPE } from '../mutants/server/handling.ts'
import type { Seams } from '../mutants/server/seams.ts'
import type { Records } from '../mutants/server/store.ts'
import { VARIANTS } from '../mutants/variants.ts'

/** A server with several ways at once, or with other data, as servers of others have. */
export interface StrangeServer {
  readonly what: string
  readonly variants?: readonly string[]
  readonly seams?: () => Seams
  readonly records?: (records: Records) => Records
  /** The ways of the sentences about it, in their order. */
  readonly ways: readonly string[]
}

/** The seams of the variants of other names, and those of the server itself. */
export const seamsOf = ({ variants = [], seams }: StrangeServer): Seams[] => [
  ...VARIANTS.filter(({ id }) => variants.includes(id)).map((variant) => variant.seams?.() ?? {}),
  seams?.() ?? {},
]

const isPet = (found: unknown): found is { readonly id: number } => isRecord(found) && 'photoUrls' in found

/** One pet of ten has a property more. */
const sometimesMore = value<unknown>((found) => {
  const more = (pet: unknown) => (isPet(pet) && pet.id % 10 === 1 ? { ...pet, breed: 'poodle' } : pet)
  return Array.isArray(found) ? found.map(more) : more(found)
})

/** Parts that a pet lacks come as null, in JSON. */
const nullForAbsent = value<unknown>((found, { type }: Handling) => {
  const whole = (pet: unknown) => (isPet(pet) ? { category: null, tags: null, status: null, ...pet } : pet)
  if (type !== JSON_TYPE) return found
  return Array.isArray(found) ? found.map(whole) : whole(found)
})

/** Headers that gateways and frameworks add. */
const ofGateway = success(({ headers }) => ({
  headers: {
    ...headers,
    Server: 'nginx',
    Via: '1.1 gateway',
    ETag: '"1"',
    'Cache-Control': 'no-store',
    Vary: 'Accept',
  },
}))

/** A server that fails now and then, and shows a page: but never in a run. */
const pagesForFailures = (): Seams => ({
  answer: (_handling, next) => {
    const answer = next()
    return answer.status < 500
      ? answer
      : { ...answer, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<p>Oh') }
  },
})

const petsOf = (count: number) => (records: Records) => ({
  ...records,
  pets: Array.from({ length: count }, (_, index) => ({
    ...records.pets[index % 10],
    id: index + 1,
  })) as Records['pets'],
})

/** Another order at each reading, by a small generator. */
const shuffled = (): Seams => {
  let state = 7
  const random = () => {
    state = (state * 16_807) % 2_147_483_647
    return state
  }
  return {
    value: (_handling, next) => {
      const found = next()
      if (!Array.isArray(found)) return found
      return found
        .map((item) => [random(), item] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, item]) => item)
    },
  }
}

/** Servers with the ways that they are named by, one sentence each. All but the one with null are correct. */
export const STRANGE_SERVERS: readonly StrangeServer[] = [
  { what: 'no record at all', records: () => ({ pets: [], users: [], orders: [] }), ways: [] },
  { what: 'no pet', records: (records) => ({ ...records, pets: [] }), ways: [] },
  { what: 'a single pet', records: petsOf(1), ways: [] },
  { what: 'hundreds of pets', records: petsOf(300), ways: [] },
  { what: 'a property more in one pet of ten', seams: sometimesMore, ways: ['extra-properties'] },
  { what: 'null for what is absent', seams: nullForAbsent, ways: ['nulls'] },
  { what: 'headers of a gateway', seams: ofGateway, ways: [] },
  { what: 'pages for failures of its own alone', seams: pagesForFailures, ways: [] },
  { what: 'lists in random order', seams: shuffled, ways: ['list-order'] },
  { what: 'XML by default', variants: ['xml-by-default'], ways: ['default-media-type'] },
  {
    what: '403, and pages for refusals',
    variants: ['forbidden-for-unauthorised', 'errors-in-html'],
    ways: ['missing-key', 'error-body'],
  },
  {
    what: 'XML by default, and empty refusals',
    variants: ['xml-by-default', 'errors-empty'],
    ways: ['default-media-type', 'error-body'],
  },
  {
    what: '403, pages, lists in any order, and a revision in every record',
    variants: ['forbidden-for-unauthorised', 'errors-in-html', 'lists-in-any-order', 'revision-in-every-record'],
    ways: ['missing-key', 'error-body', 'list-order', 'extra-properties'],
  },
]
