import { pick, type Stream, streamOf } from '../../../fixtures/stream.ts'
import { createKnown } from './known.ts'
import * as open from './requests-left-open.ts'
import * as pets from './requests-of-pets.ts'
import * as users from './requests-of-users.ts'
import type { Step } from './step.ts'

/** Each kind of request, and how often it comes. */
const KINDS: readonly (readonly [weight: number, makes: readonly pets.Make[]])[] = [
  [1, [pets.keylessWrite, pets.otherType, users.noOrder, users.logout, open.options]],
  [2, [pets.addDomain, pets.noPet, pets.deletePet, pets.inventory, pets.keyless]],
  [2, [users.deleteOrder, users.createUsers, users.deleteUser, open.otherMethod, open.openReading]],
  [3, [pets.putWrongXmlPet, pets.upload, users.placeWrongOrder, users.createWrongUsers, users.putWrongUser]],
  [4, [pets.putWrongPet, pets.putXmlPet, pets.findByStatus, pets.findByTags, pets.postForm]],
  [4, [users.placeOrder, users.getOrder, users.createUser, users.createWrongUser, users.login, users.putUser]],
  [6, [pets.putPet, pets.getPet, users.getUser]],
]
const KIND_BY_WEIGHT = KINDS.flatMap(([weight, makes]) => Array.from({ length: weight }, () => makes).flat())

/** The share of a session before its open writes. */
const EXACT_SHARE = 0.8

/** The requests of one session, for a server with these pets. The same seed gives the same requests. */
export function sessionOf(seed: number, length: number, ids: readonly number[]): Step[] {
  const stream = streamOf(seed, 'requests', length)
  const known = createKnown(ids)
  const exact = Math.ceil(length * EXACT_SHARE)
  return Array.from({ length }, (_, index) => {
    const step = anyStep(stream, index, exact)(stream, known)
    return index < exact ? step : { ...step, demand: 'open' }
  })
}

const anyStep = (stream: Stream, index: number, exact: number): pets.Make =>
  index >= exact && stream.next() < 0.6 ? open.openWrite : pick(stream, KIND_BY_WEIGHT)
