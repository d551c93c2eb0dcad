import type { IAsyncPropertyWithHooks } from 'fast-check'
import { loadPackage } from '../../package-files.ts'
import { findLoss } from '../compare.ts'
import { type Exchange, isSuccess, statusOf } from '../exchange.ts'
import type { Session } from '../session.ts'
import { type Scenario, WRITING } from './scenario.ts'

type FastCheck = typeof import('fast-check')

/** What is done to one of a few users: written (created, or replaced where it is there), read or deleted. */
interface Step {
  readonly kind: 'write' | 'read' | 'delete'
  readonly who: number
  readonly fields: Fields
}

interface Fields {
  readonly firstName: string
  readonly phone: string
  readonly userStatus: number
}

/** Where a server did not do what the model does. */
interface Departure {
  readonly exchange: Exchange
  readonly expected: string
  readonly actual: string
}

/** What came of doing the steps of a sequence. */
interface Play {
  readonly departure: Departure | undefined
  readonly last: Exchange | undefined
  /** How many steps were taken; what stands after a departure was not. */
  readonly taken: number
}

/** The longest sequence that is tried. */
const LONGEST = 8
/** "Can only be done by the logged in user": a server that means it does not depart. */
const DENYING = [401, 403]
/** How many users a sequence plays with. */
const USERS = 3

/** Random sequences on users of this run alone, held against a map; what departs is shrunk to the shortest that does. */
export const sequences: Scenario = {
  name: 'random sequences',
  operations: ['createUser', 'getUserByName', 'updateUser', 'deleteUser'],
  modes: WRITING,
  run: async (session) => {
    const fc = loadPackage<FastCheck>('fast-check')
    let plays = 0
    let latest: Play | undefined
    const property = fc.asyncProperty(anySequence(fc), async (steps) => {
      plays += 1
      latest = await play(session, `${session.prefix}seq${plays}x`, steps)
      return latest.departure === undefined
    })
    const shrunk = await runProperty(fc, property, session)
    if (shrunk !== undefined) latest = await play(session, `${session.prefix}seq0x`, shrunk)
    const { departure, last, taken = 0 } = latest ?? {}
    if (last === undefined) return
    session.check('sequence', departure?.exchange ?? last, departure === undefined, () => ({
      place: 'a sequence on users',
      expected: `${departure?.expected} after ${shown((shrunk ?? []).slice(0, taken))}`,
      actual: departure?.actual ?? '',
    }))
  },
}

function anySequence(fc: FastCheck) {
  const fields = fc.record({
    firstName: fc.constantFrom('Ada', 'Grace', 'Zoë', '小白'),
    phone: fc.constantFrom('1', '22', '+1 555 0100'),
    userStatus: fc.integer({ min: 1, max: 99 }),
  })
  const step = fc.record({
    kind: fc.constantFrom('write' as const, 'write' as const, 'read' as const, 'delete' as const),
    who: fc.nat({ max: USERS - 1 }),
    fields,
  })
  return fc.array(step, { minLength: 1, maxLength: LONGEST })
}

/** The shortest sequence that departs, or undefined where none does. */
async function runProperty(
  fc: FastCheck,
  property: IAsyncPropertyWithHooks<[Step[]]>,
  { seed, sequences: numRuns }: Session,
): Promise<Step[] | undefined> {
  const { failed, counterexample } = await fc.check(property, { seed, numRuns })
  return failed ? counterexample?.[0] : undefined
}

/** Does the steps on users of this name and, at the end, removes them. */
async function play(session: Session, name: string, steps: readonly Step[]): Promise<Play> {
  const model = new Map<string, Fields>()
  let last: Exchange | undefined
  for (const [index, { kind, who, fields }] of steps.entries()) {
    const taken = index + 1
    const username = `${name}${who}`
    const exchange = await take(session, kind, username, fields, model)
    last = exchange
    if (DENYING.includes(statusOf(exchange))) return { departure: undefined, last, taken }
    const departure = depart(kind, exchange, model.get(username), fields)
    if (departure) return { departure, last, taken }
    if (kind === 'write') model.set(username, fields)
    if (kind === 'delete') model.delete(username)
  }
  for (const username of model.keys())
    await session.send('deleteUser', { path: { username }, about: 'clearing up after a sequence' })
  return { departure: undefined, last, taken: steps.length }
}

function take(
  session: Session,
  kind: Step['kind'],
  username: string,
  fields: Fields,
  model: ReadonlyMap<string, Fields>,
): Promise<Exchange> {
  const path = { username }
  const about = 'a step of a random sequence'
  const expect = model.has(username) ? 'success' : 'missing'
  if (kind === 'read') return session.send('getUserByName', { path, accept: 'application/json', expect, about })
  if (kind === 'delete') return session.send('deleteUser', { path, expect, about })
  const json = { username, ...fields }
  return model.has(username)
    ? session.send('updateUser', { path, json, about })
    : session.send('createUser', { json, about })
}

/** How an answer departs from the model, before the step is done to it. */
function depart(
  kind: Step['kind'],
  exchange: Exchange,
  known: Fields | undefined,
  fields: Fields,
): Departure | undefined {
  const isThere = kind === 'write' || known !== undefined
  if (isSuccess(exchange) !== isThere) {
    return {
      exchange,
      expected: isThere ? `a 2XX to ${shownStep(kind, fields)}` : `no 2XX to a ${kind}`,
      actual: String(statusOf(exchange)),
    }
  }
  const loss = kind === 'read' && known ? findLoss(known, exchange.value) : undefined
  return loss && { exchange, expected: `${loss.at}: ${loss.expected}`, actual: loss.actual }
}

const shownStep = (kind: Step['kind'], { firstName }: Fields) =>
  kind === 'write' ? `a write of ${firstName}` : `a ${kind}`

const shown = (steps: readonly Step[]) => steps.map(({ kind, who }) => `${kind} ${who}`).join(', ')
