import { grouped } from '../habits-of.ts'
import { listed, operationIn } from '../operations.ts'
import type { Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

const VALID = ['success', 'documented']

const isDenied = ({ status }: Seen) => [401, 403].includes(status)

/** An operation asks for a login if a valid request without one is refused; its other refusals of the kind go with it. */
function read(all: readonly Seen[]): Habit[] {
  const open = all.filter(
    ({ isSecured, operation, method }) =>
      operation !== '' && operation !== 'loginUser' && !isSecured && method !== 'OPTIONS',
  )
  const valid = open.filter(({ expectation }) => VALID.includes(expectation))
  const closed = new Set(valid.filter(isDenied).map(({ operation }) => operation))
  return grouped([
    ...valid
      .filter((seen) => !isDenied(seen))
      .map((seen) => ({ place: seen.operation, does: 'no login', seen: [seen] })),
    ...open
      .filter((seen) => isDenied(seen) && closed.has(seen.operation))
      .map((seen) => ({ place: seen.operation, does: String(seen.status), seen: [seen] })),
  ])
}

/** Whether operations that need no key ask for a login all the same. */
export const loginRequired: Way = {
  id: 'login-required',
  question: '"Can only be done by the logged in user" but "does not require authentication"',
  mock: ['no login'],
  part: 'status',
  isFinal: ({ does }) => does !== 'no login',
  read,
  group: (_place, live) => live,
  say: ({ live, places }, server) =>
    `${server} asks for a login at ${listed(places.map(operationIn))} (${live}), the mock does not`,
  setting: operationIn,
  adopt: ({ live, places }) => ({
    logins: Object.fromEntries(places.map((place) => [operationIn(place), Number(live)])),
  }),
}
