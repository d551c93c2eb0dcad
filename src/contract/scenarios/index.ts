import type { ApiDocument } from '../../openapi/document.ts'
import { allTexts } from './all-texts.ts'
import { asking } from './asking.ts'
import { atOnce } from './at-once.ts'
import { deletePet } from './delete-pet.ts'
import { discover, readPet } from './discover.ts'
import { domains } from './domains.ts'
import { firstLook } from './first-look.ts'
import { updateByForm } from './form.ts'
import { fromDocument } from './from-document.ts'
import { idSpellings } from './id-spellings.ts'
import { invalidBodies } from './invalid-bodies.ts'
import { keys } from './keys.ts'
import { withLastingWrites } from './lasting.ts'
import { longLists } from './long-lists.ts'
import { methods } from './methods.ts'
import { nameSpellings } from './name-spellings.ts'
import { namedRecords } from './named-records.ts'
import { alikeOrderIds, largeOrderIds, oddOrderIds, orderViews, refusedOrders, twoOrderIds } from './order-views.ts'
import { orders } from './orders.ts'
import { readingParameters, writingParameters } from './parameters.ts'
import { pastTheKey } from './past-the-key.ts'
import { emptyStatus, listsReadTwice, safeReading } from './safe-reading.ts'
import { sameNumber } from './same-number.ts'
import type { Scenario } from './scenario.ts'
import { sending } from './sending.ts'
import { sequences } from './sequences.ts'
import { listedTags } from './tags.ts'
import { textFields } from './text-fields.ts'
import { updatePet } from './update-pet.ts'
import { upload } from './upload.ts'
import { emptyLookingNames, namesOfNobody, usernames } from './usernames.ts'
import { users } from './users.ts'
import { atTheEnd, petViews, userViews } from './views.ts'

/**
 * The hand-written scenarios in the order in which they run: first those that show most faults with the fewest requests, then
 * what looks closer, and deletion last.
 */
const SCENARIOS: readonly Scenario[] = [
  firstLook,
  readingParameters,
  discover,
  // Before most other writes to pets: a server that undoes them looks as if others wrote.
  withLastingWrites(methods),
  users,
  readPet,
  namedRecords,
  listedTags,
  safeReading,
  listsReadTwice,
  keys,
  sequences,
  domains,
  orders,
  updatePet,
  updateByForm,
  upload,
  atOnce,
  emptyStatus,
  invalidBodies,
  writingParameters,
  petViews,
  sameNumber,
  idSpellings,
  allTexts,
  textFields,
  asking,
  sending,
  pastTheKey,
  deletePet,
  // These need no pet, and so give a deleted one time to come back.
  userViews,
  orderViews,
  largeOrderIds,
  refusedOrders,
  twoOrderIds,
  alikeOrderIds,
  oddOrderIds,
  namesOfNobody,
  usernames,
  nameSpellings,
  emptyLookingNames,
  longLists,
  atTheEnd,
]

/** The scenarios for a document. The last one covers the operations that no other one names. */
export function scenariosFor({ operations }: ApiDocument): readonly Scenario[] {
  const ids = new Set(operations.map(({ id }) => id))
  const usable = SCENARIOS.filter((scenario) => lacking(scenario, ids).length === 0)
  const named = new Set(usable.filter(({ isAddition }) => !isAddition).flatMap((scenario) => scenario.operations))
  const others = operations.filter(({ id }) => !named.has(id))
  return others.length === 0 ? usable : [...usable, fromDocument(others)]
}

/** Scenarios that cannot run, because the document lacks an operation: why, for each. */
export function unusableScenarios({ operations }: ApiDocument): readonly string[] {
  const ids = new Set(operations.map(({ id }) => id))
  return SCENARIOS.flatMap((scenario) => {
    const [missing] = lacking(scenario, ids)
    return missing === undefined ? [] : [`${scenario.name}: the document has no ${missing}.`]
  })
}

const lacking = ({ operations, needs = operations }: Scenario, ids: ReadonlySet<string>) =>
  needs.filter((id) => !ids.has(id))
