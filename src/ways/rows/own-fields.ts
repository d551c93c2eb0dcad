import { listed } from '../operations.ts'
import { merged } from '../profile.ts'
import { shownRecords } from '../records.ts'
import { isRightlyDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** Fields of orders that a server may own. */
const OF_ORDERS = ['validate', 'status', 'active']

interface Field {
  readonly place: string
  readonly isOwn: boolean
  readonly seen: Seen
}

const inOrders = (all: readonly Seen[]): Field[] =>
  all
    .filter((seen) => seen.operation === 'placeOrder' && isRightlyDone(seen))
    .flatMap((seen) => {
      const [sent, shown] = [Object(seen.sent), Object(seen.raw)]
      return OF_ORDERS.filter((name) => name in sent && name in shown).map((name) => ({
        place: `orders ${name}`,
        isOwn: sent[name] !== shown[name],
        seen,
      }))
    })

const inUsers = (all: readonly Seen[]): Field[] =>
  shownRecords(all).flatMap(({ kind, sent, shown, seen }) =>
    kind === 'user' && sent.id !== undefined && shown.id !== undefined
      ? [{ place: 'users id', isOwn: sent.id !== shown.id, seen }]
      : [],
  )

/** A field is the server's own if it was ever shown otherwise than it was sent. */
function read(all: readonly Seen[]): Habit[] {
  const places = new Map<string, Field[]>()
  for (const field of [...inOrders(all), ...inUsers(all)])
    places.set(field.place, [...(places.get(field.place) ?? []), field])
  return [...places].map(([place, fields]) => {
    const own = fields.filter(({ isOwn }) => isOwn)
    const shown = (own.length > 0 ? own : fields).map(({ seen }) => seen)
    return { place, does: own.length > 0 ? 'sets' : 'keeps', seen: [...new Set(shown)] }
  })
}

export const ownFields: Way = {
  id: 'own-fields',
  question: "Fields that a server may own (a user's id, an order's status, validate and active)",
  mock: ['keeps'],
  part: 'shape',
  read,
  say: ({ places }, server) =>
    `${server} sets ${listed(places.map((place) => place.replace(/^(\w+) (\w+)$/, '`$2` of $1')))} by itself, the mock keeps what is sent`,
  setting: (place) => place,
  adopt: ({ places }) =>
    merged(
      ['users', 'orders'].map((kind) => {
        const names = places.filter((place) => place.startsWith(kind)).map((place) => place.slice(kind.length + 1))
        return names.length === 0 ? {} : { ownFields: { [kind]: names } }
      }),
    ),
}
