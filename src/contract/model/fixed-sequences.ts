import type { Step } from './step.ts'

const step = (kind: string, record: number, number: number, text = `text ${number}`): Step => ({
  kind,
  record,
  number,
  text,
  status: number % 2 === 0 ? 'sold' : 'pending',
})

/** Sequences that run before the random ones: a deleted record comes again, and two records change in turns. */
export const FIXED_SEQUENCES: readonly (readonly Step[])[] = [
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
    step('replace order', 0, 5),
    step('read order', 0, 0),
    step('delete order', 1, 0),
    step('place order', 1, 4),
    step('delete order', 0, 0),
    step('delete order', 1, 0),
    step('place order', 0, 6),
  ],
  [
    step('put pet', 0, 1),
    step('put pet', 1, 3),
    step('form pet', 0, 2),
    step('form pet', 1, 8),
    step('list status of pet', 0, 2),
    step('list tag of pet', 0, 3),
    step('put pet', 0, 4),
    step('list tag of pet', 0, 3),
    step('list tag of pet', 0, 4),
    step('list status of pet', 0, 3),
    step('list status of pet', 0, 4),
  ],
]
