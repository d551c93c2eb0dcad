import { plainText } from '../../openapi/plain-text.ts'
import { listed } from '../operations.ts'
import { isEmpty, shownRecords } from '../records.ts'
import { isDone, isRightlyDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** A property that the server has and may show. */
interface Possible {
  readonly place: string
  readonly isShown: boolean
  readonly seen: Seen
}

/** Properties of replies that a server makes by itself. */
const MADE: Readonly<Record<string, readonly [what: string, properties: readonly string[]]>> = {
  addDomain: ['new domains', ['id', 'name', 'validate', 'status', 'active']],
  uploadFile: ['uploads', ['code', 'type', 'message']],
  placeOrder: ['new orders', ['id', 'name', 'validate', 'status', 'active']],
}

function inReplies(all: readonly Seen[]): Possible[] {
  return all.filter(isRightlyDone).flatMap((seen) => {
    const [what, properties] = MADE[seen.operation] ?? []
    if (!what || !properties || typeof seen.raw !== 'object') return []
    const sent = Object(seen.sent)
    const due = properties.filter((name) => seen.operation !== 'placeOrder' || name === 'id' || name in sent)
    return due.map((name) => ({ place: `${what} ${name}`, isShown: name in Object(seen.raw), seen }))
  })
}

const inRecords = (all: readonly Seen[]): Possible[] =>
  shownRecords(all).flatMap(({ kind, sent, shown, seen }) =>
    Object.entries(sent)
      .filter(([name, value]) => !isEmpty(value) && !NAMES.includes(name))
      .map(([name]) => ({ place: `${kind}s ${name}`, isShown: name in shown, seen })),
  )

/** Properties that no schema has, and those that the document requires: without them a pet breaks it. */
const NAMES = ['unknownToAll', 'name', 'photoUrls']

/** Parts of the pets in lists that the same pets have at their own paths. The filter asks for a status, and ids tell pets apart. */
function inLists(all: readonly Seen[]): Possible[] {
  const alone = new Map<string, Set<string>>()
  for (const { operation, raw } of all.filter(isDone))
    if (operation === 'getPetById' && typeof raw === 'object')
      alone.set(plainText(Object(raw).id), new Set(Object.keys(Object(raw))))
  const lists = all.filter((seen) => isDone(seen) && seen.operation.startsWith('findPets') && Array.isArray(seen.raw))
  return lists.flatMap((seen) => {
    const always = seen.operation === 'findPetsByStatus' ? ['id', 'status'] : ['id']
    return itemsOf(seen).flatMap((pet) => {
      const own = alone.get(plainText(pet.id)) ?? new Set()
      return PARTS.filter((name) => always.includes(name) || own.has(name)).map((name) => ({
        place: `listed pets ${name}`,
        isShown: name in pet,
        seen,
      }))
    })
  })
}

const PARTS = ['id', 'category', 'tags', 'status']

const itemsOf = ({ raw }: Seen): Record<string, unknown>[] =>
  Array.isArray(raw) ? raw.filter((item) => typeof item === 'object' && item !== null) : []

/** Properties that a server has and does not show. */
function read(all: readonly Seen[]): Habit[] {
  const places = new Map<string, Possible[]>()
  for (const one of [...inReplies(all), ...inRecords(all), ...inLists(all)])
    places.set(one.place, [...(places.get(one.place) ?? []), one])
  return [...places].flatMap(([place, some]) => {
    const shown = some.filter(({ isShown }) => isShown).length
    // A list may be older than the record that it is compared with; every pet has an id.
    const isPartial = shown < some.length && place.endsWith(' id')
    const does = shown === 0 ? 'without' : isPartial ? 'sometimes without' : 'with'
    return [{ place, does, seen: [...new Set(some.map(({ seen }) => seen))] }]
  })
}

const kindIn = (place: string) => place.slice(0, place.lastIndexOf(' '))
const nameIn = (place: string) => place.slice(place.lastIndexOf(' ') + 1)

export const leftOut: Way = {
  id: 'left-out',
  question: '`{}` is a valid DomainIn, Domain and User',
  mock: ['with'],
  part: 'shape',
  group: (place, live) => `${kindIn(place)} ${live}`,
  read,
  say: ({ live, places }, server) =>
    `${server}'s ${kindIn(places[0] ?? '')} come ${live} ${listed(places.map((place) => `\`${nameIn(place)}\``))}, the mock's with it`,
  setting: (place) => place,
  adopt: ({ live, places }) => {
    if (live !== 'without') return 'the server leaves it out here and shows it there'
    return { leftOut: { [kindIn(places[0] ?? '')]: places.map(nameIn) } }
  },
}
