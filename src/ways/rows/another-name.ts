import { habitsOf } from '../habits-of.ts'
import type { Way } from '../way.ts'

/** Which name counts if the body of an update has another than the path. */
export const anotherName: Way = {
  id: 'another-name',
  question: 'createUser with a taken name; PUT with another name in the body',
  part: 'status',
  read: habitsOf({
    isMeant: ({ about, status }) => about === 'a user after an update with another name' && status < 500,
    place: () => 'name',
    does: ({ status }) => (status === 200 ? 'path' : 'body'),
  }),
  say: ({ live, mock }, server) => `${server} takes the name of the ${live} in an update, the mock that of the ${mock}`,
}
