import { findLoss } from '../../http/answers/compare.ts'
import type { Operation } from '../../openapi/operation.ts'
import { plainText } from '../../openapi/plain-text.ts'
import { JSON_TYPE } from '../cases/encode-body.ts'
import { causedBy } from '../checks/check.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { KnownRecords } from '../known-records.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'
import { cross } from '../variations/crossing.ts'
import { forgedKeys, rightKeys } from '../variations/keys.ts'
import { openingHeaders } from '../variations/opening-headers.ts'
import { otherMethods } from '../variations/other-methods.ts'
import { spellingsWithoutKey } from '../variations/path-spellings.ts'
import { placesOfKeys } from '../variations/places-of-keys.ts'
import { createPlainRequests, type PlainRequests, shownOf } from '../variations/plain-requests.ts'
import { readingOf, recordOf } from '../variations/records.ts'
import { type Plain, type Variation, vary } from '../variations/variation.ts'
import { relist } from './discover.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'
import { findNames } from './varied-records.ts'

/** The tables of ways past the key. */
const TABLES: readonly (readonly Variation[])[] = [
  placesOfKeys,
  forgedKeys,
  spellingsWithoutKey,
  openingHeaders,
  otherMethods,
]

/** Tries to get past the key: each operation that asks for one, in each way. Nothing may be carried out. */
export const pastTheKey: Scenario = {
  name: 'ways past the key',
  operations: ['getPetById', 'updatePet', 'updatePetWithForm', 'deletePet', 'findPetsByStatus', 'getInventory'],
  needs: [],
  isAddition: true,
  isThorough: true,
  modes: EVERY_MODE,
  run: async (run, known) => {
    const secured = run.document.operations.filter((operation) => operation.secured)
    const plain = createPlainRequests(run, await findNames(run, known))
    const applies = (operation: Operation, way: Variation) => vary(way, plain(operation, 'k')) !== undefined
    const crossings = TABLES.flatMap((ways) => cross(ways, secured, run, applies))
    for (const operation of secured) {
      const ways = crossings.filter((one) => one.operation === operation).map(({ way }) => way)
      await tryAll(run, known, plain, operation, ways)
    }
    for (const { operation, way } of cross(rightKeys, secured, run)) await takeRightKey(run, plain, operation, way)
  },
}

/** A way that was tried, the record that it would have stored, and the answer. */
interface Attempt {
  readonly plain: Plain
  readonly about: string
  readonly interaction: Interaction
}

async function tryAll(
  run: Run,
  known: KnownRecords,
  plain: PlainRequests,
  operation: Operation,
  ways: readonly Variation[],
): Promise<void> {
  const { isThere, sending } = plain(operation, 'k')
  const reading = isThere && operation.method !== 'GET' ? readingFor(run, operation, sending) : undefined
  const before = await reading?.()
  const attempts: Attempt[] = []
  for (const [turn, way] of ways.entries()) {
    const planned = plain(operation, `k${turn}`)
    const inThisWay = vary(way, planned)
    if (inThisWay === undefined || isOpen(run, operation, inThisWay) || !run.maySend(operation.id, inThisWay)) continue
    const interaction = await run.send(operation.id, inThisWay)
    attempts.push({ plain: planned, about: way.about, interaction })
  }
  const after = await reading?.()
  if (!before || !after || !isSuccess(before)) return
  if (!checkNothingDone(run, before, after, attempts)) await relist(run, known)
}

/** True if the path has the method for everybody. */
const isOpen = ({ document }: Run, { path }: Operation, { method }: Sending) =>
  document.operations.some((other) => other.path === path && other.method === method && !other.secured)

/** Reads the record that the operation writes to. */
function readingFor(run: Run, operation: Operation, sending: Sending): (() => Promise<Interaction>) | undefined {
  const row = recordOf(operation)
  const reading = row && readingOf(run.document, row)
  const name = row && (sending.path?.[row.parameter] ?? Object(sending.json)[row.field])
  if (!row || !reading || name === undefined) return undefined
  const path = { [row.parameter]: plainText(name) }
  const about = `a record around writes without the key, by ${operation.id}`
  return () => run.send(reading.id, { path, accept: JSON_TYPE, expect: 'any', about })
}

/** Each attempt would have stored texts of its own, so the record tells which one was carried out. */
function checkNothingDone(run: Run, before: Interaction, after: Interaction, attempts: readonly Attempt[]): boolean {
  const isStored = ({ plain }: Attempt) => {
    const shown = shownOf(run, plain)
    return shown !== undefined && isSuccess(after) && findLoss(shown, after.value) === undefined
  }
  const guilty =
    attempts.find(isStored) ?? attempts.find(({ interaction }) => isSuccess(interaction)) ?? attempts.at(-1)
  const seen = refusedWrite.notCarriedOut(before, after, guilty?.about ?? '')
  run.check(refusedWrite, after, causedBy(seen, guilty?.interaction))
  return seen === undefined
}

async function takeRightKey(run: Run, plain: PlainRequests, operation: Operation, way: Variation): Promise<void> {
  const planned = plain(operation, 'r')
  const sending = vary(way, planned)
  if (operation.method === 'GET' && planned.isThere && sending) await run.send(operation.id, sending)
}
