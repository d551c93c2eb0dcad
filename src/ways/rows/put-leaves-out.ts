import { listed } from '../operations.ts'
import { merged } from '../profile.ts'
import { isEmpty, type Shown, shownRecords } from '../records.ts'
import type { Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const PROPERTIES: Readonly<Record<Shown['kind'], readonly string[]>> = {
  user: ['id', 'firstName', 'lastName', 'email', 'password', 'phone', 'userStatus'],
  pet: ['category', 'tags', 'status'],
}

const show = (value: unknown) => JSON.stringify(value)

/** Null for a property that is not there is a way of its own. */
const isPresent = (value: unknown) => value !== undefined && value !== null && !isEmpty(value)

/** The fate of a property that the body left out. */
function habitOf(some: readonly Shown[], name: string): string {
  const present = some.filter(({ shown }) => isPresent(shown[name]))
  if (present.length === 0) return 'drops'
  return present.every(({ shown, before }) => show(before?.[name]) === show(shown[name])) ? 'keeps' : 'fills in'
}

/** How a server shows properties that the last write of a record left out. */
function read(all: readonly Seen[]): Habit[] {
  const places = new Map<string, Shown[]>()
  // No pet can be created: one without a record before is one that nobody has read.
  for (const one of shownRecords(all).filter(({ kind, before }) => kind === 'user' || before !== undefined))
    for (const name of PROPERTIES[one.kind].filter((property) => !(property in one.sent))) {
      const place = `${one.before ? 'replaced' : 'created'} ${one.kind}s ${name}`
      places.set(place, [...(places.get(place) ?? []), one])
    }
  return [...places].map(([place, some]) => ({
    place,
    does: habitOf(some, nameIn(place)),
    seen: [...new Set(some.map(({ seen }) => seen))],
  }))
}

const nameIn = (place: string) => place.slice(place.lastIndexOf(' ') + 1)
const placeIn = (place: string) => place.slice(0, place.lastIndexOf(' '))
const kindIn = (place: string) => place.split(' ')[1] ?? ''

export const putLeavesOut: Way = {
  id: 'put-leaves-out',
  question: 'What PUT does with fields that the body leaves out',
  mock: ['drops'],
  part: 'shape',
  read,
  say: ({ live, places }, server) =>
    `${server} ${live} what a write leaves out: ${listed(places.map((place) => `\`${nameIn(place)}\` of ${kindIn(place)}`))}; the mock drops it`,
  setting: (place) => place,
  adopt: ({ live, places }) =>
    live === 'keeps' || live === 'fills in'
      ? merged(places.map((place) => ({ filledIn: { [placeIn(place)]: { [nameIn(place)]: live } } })))
      : 'the mock drops it anyway',
}
