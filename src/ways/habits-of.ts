import type { Seen } from './seen.ts'
import type { Habit, Way } from './way.ts'

/** How single answers show a habit. */
interface Reading {
  readonly isMeant: (seen: Seen) => boolean
  readonly place: (seen: Seen) => string
  readonly does: (seen: Seen) => string
}

/** Reads habits that each answer shows by itself. */
export const habitsOf =
  ({ isMeant, place, does }: Reading): Way['read'] =>
  (all) =>
    grouped(all.filter(isMeant).map((seen) => ({ place: place(seen), does: does(seen), seen: [seen] })))

/** The same habits of the same place as one. */
export function grouped(habits: readonly Habit[]): Habit[] {
  const groups = new Map<string, Habit>()
  for (const habit of habits) {
    const key = `${habit.place}\n${habit.does}`
    const known = groups.get(key)
    groups.set(key, known ? { ...habit, seen: [...known.seen, ...habit.seen] } : habit)
  }
  return [...groups.values()]
}
