import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** The user under the path's name, once an update with another name was accepted. */
function read(all: readonly Seen[]): Habit[] {
  const isAccepted = all.some((seen) => seen.about === 'an update with another name' && isDone(seen))
  return all
    .filter(({ about, status }) => isAccepted && about === 'a user after an update with another name' && status < 500)
    .map((seen) => ({ place: 'name', does: seen.status === 200 ? 'path' : 'body', seen: [seen] }))
}

/** Which name counts if the body of an update has another than the path. */
export const anotherName: Way = {
  id: 'another-name',
  question: 'createUser with a taken name; PUT with another name in the body',
  mock: ['path'],
  part: 'status',
  read,
  say: ({ live, mock }, server) => `${server} takes the name of the ${live} in an update, the mock that of the ${mock}`,
}
