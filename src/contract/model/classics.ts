import type { Step } from './step.ts'

const step = (kind: string, who: number, number: number, text = `text ${number}`): Step => ({
  kind,
  who,
  number,
  text,
  status: number % 2 === 0 ? 'sold' : 'pending',
})

/** Sequences that are tried before random ones: what was deleted comes again, and two records change by turns. */
export const CLASSICS: readonly (readonly Step[])[] = [
  [
    step('write user', 0, 1),
    step('write user', 1, 2),
    step('write user', 1, 6),
    step('read user', 0, 0),
    step('delete user', 0, 0),
    step('write user', 0, 3),
    step('log in user', 0, 1),
    step('log in user', 0, 2),
    step('write user', 0, 4),
    step('write user', 1, 5),
    step('delete user', 0, 0),
  ],
  [
    step('place order', 0, 1),
    step('place order', 1, 2),
    step('delete order', 0, 0),
    step('place order', 0, 3),
    step('read order', 1, 0),
    step('delete order', 1, 0),
    step('place order', 1, 4),
  ],
  [
    step('put pet', 0, 1),
    step('put pet', 1, 3),
    step('form pet', 0, 2),
    step('form pet', 1, 8),
    step('list status of pet', 0, 2),
    step('list tag of pet', 0, 3),
    step('put pet', 0, 4),
  ],
]
