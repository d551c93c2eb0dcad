import { defineCheck } from './check.ts'

/** Every request must get a complete answer. */
export const answered = defineCheck({
  id: 'answered',
  title: 'Every request is answered, whole',
  anyMethod: true,
  inspect: ({ answer, failure, about }) => (answer ? [] : [{ place: about, expected: 'an answer', actual: failure }]),
})
