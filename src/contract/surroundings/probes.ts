import { toSending, validRequest } from '../cases/valid-request.ts'
import type { Interaction } from '../interaction.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'

/** The first requests of a run. They only read, and show what answers under the base URL. */
export interface Probes {
  readonly all: readonly Interaction[]
  /** Those to operations that ask for a key. */
  readonly secured: readonly Interaction[]
  /** A user with a name of this run, which nobody should have yet; undefined if the document has no users. */
  readonly user: Interaction | undefined
}

/** Requests that the published API has, in the order in which they are sent. */
const USUAL: readonly (readonly [operationId: string, sending: (run: Run) => Sending])[] = [
  ['getInventory', () => ({ accept: 'application/json', about: 'the inventory, first of all' })],
  [
    'findPetsByStatus',
    () => ({ query: 'status=available', accept: 'application/json', about: 'listing, first of all' }),
  ],
  ['logoutUser', () => ({ about: 'a logout, first of all' })],
  [
    'getUserByName',
    ({ prefix }) => ({ path: { username: `${prefix}Ada` }, expect: 'any', about: 'a user of this run, first of all' }),
  ],
]

/** Sends the first requests: the usual ones that the document has, or else up to three that read without an id. */
export async function sendProbes(run: Run): Promise<Probes> {
  const known = new Set(run.document.operations.map(({ id }) => id))
  const usual = USUAL.filter(([id]) => known.has(id)).map(([id, sending]) => [id, sending(run)] as const)
  const all: Interaction[] = []
  for (const [id, sending] of usual.length > 0 ? usual : derived(run)) all.push(await run.send(id, sending))
  return {
    all,
    secured: all.filter(({ operation }) => operation?.secured),
    user: all.find(({ operation }) => operation?.id === 'getUserByName'),
  }
}

const MOST_DERIVED = 3

function derived(run: Run): (readonly [string, Sending])[] {
  const reading = run.document.operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'))
  return reading
    .slice(0, MOST_DERIVED)
    .map((operation) => [
      operation.id,
      { ...toSending(validRequest({ ...run, trusted: new Set() }, operation)), expect: 'any' },
    ])
}
