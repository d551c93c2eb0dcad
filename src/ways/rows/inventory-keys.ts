import { listed } from '../operations.ts'
import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const STATUSES = ['available', 'pending', 'sold']

const isInventory = (seen: Seen) =>
  isDone(seen) &&
  seen.operation === 'getInventory' &&
  typeof seen.raw === 'object' &&
  seen.raw !== null &&
  !Array.isArray(seen.raw)

const namesIn = (some: readonly Seen[]): string[] =>
  [...new Set(some.flatMap(({ raw }) => Object.keys(Object(raw))))]
    .filter((name) => !STATUSES.includes(name))
    .toSorted()

/** Whether the inventory counts anything but the statuses of pets. */
export const inventoryKeys: Way = {
  id: 'inventory-keys',
  question: 'inventory keys',
  mock: ['nothing else'],
  part: 'shape',
  kind: 'extra',
  read: (all): Habit[] => {
    const some = all.filter(isInventory)
    const names = namesIn(some)
    if (some.length === 0) return []
    const does = names.length === 0 ? 'nothing else' : listed(names.map((name) => `\`${name}\``))
    return [{ place: 'inventory', does, seen: some }]
  },
  adopt: ({ seen }) => ({ inventory: { besides: namesIn(seen) } }),
  say: ({ live, mock }, server) =>
    `${server}'s inventory counts ${live} besides the statuses of pets, the mock's ${mock}`,
}

/** Whether the inventory has a status that no pet has. */
export const inventoryZero: Way = {
  id: 'inventory-zero',
  question: 'inventory keys',
  mock: ['shows 0'],
  part: 'shape',
  isAssumed: true,
  read: (all): Habit[] =>
    all.filter(isInventory).flatMap((seen) => {
      const counts = STATUSES.map((status) => Object(seen.raw)[status])
      const habit = (does: string) => [{ place: 'inventory', does, seen: [seen] }]
      if (counts.includes(undefined)) return habit('leaves it out')
      return counts.includes(0) ? habit('shows 0') : []
    }),
  adopt: () => ({ inventory: { leavesOutZero: true } }),
  say: ({ live, mock }, server) => `${server}'s inventory ${live} for a status without pets, the mock's ${mock}`,
}
