import { setTimeout as sleep } from 'node:timers/promises'
import { writeXml } from '../../openapi/codecs/write-xml.ts'
import { FORM_TYPE, JSON_TYPE, MULTIPART_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { deletion } from '../checks/deletion.ts'
import { readBack } from '../checks/read-back.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { checkGone, checkKept, checkOthers, type KnownRecords } from '../known-records.ts'
import { ALL_STATUSES, type KnownPet, petsIn } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { checkFresh, readTags, type Tagged, taggedBy, type View } from './freshness.ts'
import { checkLists, putPet, readPetBack } from './put-pet.ts'
import { compareXml } from './read.ts'
import { FULL, type Scenario, WRITING } from './scenario.ts'
import { checkOldPlaces, checkTag } from './tags.ts'
import { multipart } from './upload.ts'
import { type Named, pathOf, readUser } from './user-record.ts'

/** Reads a user in every way after every way to write it: a cache must not show the one before. */
export const userViews: Scenario = {
  name: 'views of a user after each write',
  operations: ['createUser', 'createUsersWithListInput', 'getUserByName', 'updateUser', 'deleteUser'],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run, known) => {
    const path = pathOf(userOf(run, 0))
    const view: View = { operationId: 'getUserByName', sending: path, partOf: (user) => user }
    let tags: readonly Tagged[] = []
    for (const [turn, step] of USER_WRITES.entries()) {
      const about = `${step.about}, write ${turn + 1} of a user`
      const sent = await run.send(step.operationId, { ...step.sending(run, turn), expect: 'any', about })
      if (!isSuccess(sent)) return
      const user = step.operationId === 'deleteUser' ? undefined : step === createBare ? bareOf(run) : userOf(run, turn)
      if (user) known.lastUser = user
      const read = await viewUser(run, path, user, about)
      if (user?.password) await logInAfter(run, user, turn, about)
      if (step === createBare) run.check(readBack, read, readBack.inherited(userOf(run, turn - 2), read.value, about))
      await checkFresh(run, tags, about)
      tags = user ? taggedBy(view, read) : []
    }
  },
}

const userOf = ({ prefix }: Run, turn: number): Named => ({
  username: `${prefix}View`,
  firstName: `first ${turn}`,
  lastName: `last ${turn}`,
  // A form or a query would read the plus sign as a blank.
  email: `${prefix.toLowerCase()}view+${turn}@mail.example`,
  password: passwordOf(turn),
  userStatus: turn,
})

const bareOf = ({ prefix }: Run): Named => ({ username: `${prefix}View` })

const passwordOf = (turn: number) => `view ${turn}`

/** Turns after which the password before is tried: some servers lock a user out after three wrong ones. */
const WRONG_TURNS = [1, 4]

/** A login reads the user too: the new password must be taken, and no old one. */
async function logInAfter(run: Run, { username, password = '' }: Named, turn: number, about: string): Promise<void> {
  const queryWith = (text: string) => `username=${encodeURIComponent(username)}&password=${encodeURIComponent(text)}`
  await run.send('loginUser', { query: queryWith(password), accept: JSON_TYPE, about: `a login after ${about}` })
  if (!WRONG_TURNS.includes(turn)) return
  const sending = { query: queryWith(passwordOf(turn - 1)), expect: 'refused' } as const
  await run.send('loginUser', { ...sending, about: `a login with the password before ${about}` })
}

const create = {
  operationId: 'createUser',
  about: 'a creation',
  sending: (run: Run, turn: number) => ({ json: userOf(run, turn) }),
}
/** After a deletion, nothing of the one before may come back with the name. */
const createBare = {
  operationId: 'createUser',
  about: 'a creation with fewer fields',
  sending: (run: Run) => ({ json: bareOf(run) }),
}
const list = {
  operationId: 'createUsersWithListInput',
  about: 'a list',
  sending: (run: Run, turn: number) => ({ json: [userOf(run, turn)] }),
}
const update = {
  operationId: 'updateUser',
  about: 'an update',
  sending: (run: Run, turn: number) => ({ ...pathOf(userOf(run, turn)), json: userOf(run, turn) }),
}
const remove = {
  operationId: 'deleteUser',
  about: 'a deletion',
  sending: (run: Run, turn: number) => pathOf(userOf(run, turn)),
}

/** Each kind of write after each other kind that it can follow. */
const USER_WRITES = [
  create,
  update,
  update,
  remove,
  list,
  remove,
  create,
  remove,
  list,
  update,
  remove,
  createBare,
  update,
]

async function viewUser(
  run: Run,
  path: ReturnType<typeof pathOf>,
  user: Named | undefined,
  about: string,
): Promise<Interaction> {
  if (user) {
    const json = await readUser(run, user, about)
    await compareXml(run, json, { ...path, about: `XML after ${about}` })
    return json
  }
  const gone = await run.send('getUserByName', {
    ...path,
    accept: XML_TYPE,
    expect: 'missing',
    about: `XML after ${about}`,
  })
  run.check(deletion, gone, deletion.notFound('a deleted user', gone))
  return run.send('getUserByName', { ...path, accept: JSON_TYPE, expect: 'missing', about: `JSON after ${about}` })
}

/** Reads a pet in every way after every way to write it. */
export const petViews: Scenario = {
  name: 'views of a pet after each write',
  operations: ['updatePet', 'updatePetWithForm', 'uploadFile', 'getPetById', 'findPetsByStatus', 'findPetsByTags'],
  isAddition: true,
  isThorough: true,
  modes: FULL,
  run: async (run, known) => {
    const writes = known.pets.size > MANY ? PET_WRITES.slice(0, 2) : PET_WRITES
    const { subject } = known
    let tags = subject ? await readTags(run, viewsOf(subject)) : []
    for (const [turn, write] of writes.entries()) {
      const before = known.subject
      const now = before && (await write(run, before, turn))
      if (!now) return
      known.subject = now
      const about = `write ${turn + 1} of a pet`
      await viewPet(run, known, before, now, about)
      await checkFresh(run, tags, about)
      tags = await readTags(
        run,
        tags.map(({ view }) => view),
      )
    }
  },
}

/** The pet at its own path and in the list of all, and the inventory. */
const viewsOf = ({ id }: KnownPet): View[] => [
  { operationId: 'getPetById', sending: { path: { petId: id } }, partOf: (pet) => petsIn([pet]) },
  {
    operationId: 'findPetsByStatus',
    sending: { query: `status=${ALL_STATUSES}` },
    partOf: (list) => petsIn(list).find((pet) => pet.id === id),
  },
  { operationId: 'getInventory', sending: {}, partOf: (counts) => counts },
]

/** With more pets than that, lists take most of the time of a run. */
const MANY = 1000

type PetWrite = (run: Run, before: KnownPet, turn: number) => Promise<KnownPet | undefined>

const petOf = ({ prefix }: Run, { id }: KnownPet, turn: number, status: NonNullable<KnownPet['status']>): KnownPet => ({
  id,
  name: `${prefix}view ${turn}`,
  photoUrls: [`view ${turn}`],
  // Tags that were taken come again.
  tags: [{ id: turn + 1, name: `${prefix}view${turn % 5}` }],
  status,
})

const asJson: PetWrite = (run, before, turn) =>
  putPet(run, before, { pet: petOf(run, before, turn, 'sold'), about: `an update in JSON, write ${turn + 1}` })

const asXml: PetWrite = (run, before, turn) => {
  const pet = petOf(run, before, turn, 'pending')
  const schema = run.document.schemas.Pet
  return schema
    ? putPet(run, before, { pet, about: `an update in XML, write ${turn + 1}`, xml: writeXml(pet, schema, 'Pet') })
    : Promise.resolve(undefined)
}

const byForm =
  (form: Readonly<Record<string, string>>): PetWrite =>
  async (run, before, turn) => {
    const about = `a form, write ${turn + 1}`
    const body = new URLSearchParams(form).toString()
    const sent = await run.send('updatePetWithForm', {
      path: { petId: before.id },
      body,
      type: FORM_TYPE,
      expect: 'any',
      about,
    })
    return isSuccess(sent) ? readPetBack(run, before, { ...before, ...form } as KnownPet, about, false) : undefined
  }

/** An upload may add a photo. */
const byUpload: PetWrite = async (run, { photoUrls, ...before }, turn) => {
  const about = `an upload, write ${turn + 1}`
  const path = { petId: before.id }
  const sent = await run.send('uploadFile', { path, body: multipart(), type: MULTIPART_TYPE, expect: 'any', about })
  const pet = { ...before, photoUrls }
  return isSuccess(sent) ? readPetBack(run, pet, { ...before } as KnownPet, about, false) : undefined
}

const PET_WRITES = [asJson, byForm({ status: 'available' }), asXml, byForm({ name: 'view' }), byUpload, asJson, asXml]

async function viewPet(run: Run, known: KnownRecords, before: KnownPet, pet: KnownPet, about: string): Promise<void> {
  await checkLists(run, known, pet, about)
  await checkTag(run, pet, about)
  await checkOldPlaces(run, before, pet, about)
  const tag = pet.tags?.[0]?.name
  const lists = [
    ['findPetsByStatus', `status=${pet.status}`],
    ...(tag ? [['findPetsByTags', `tags=${encodeURIComponent(tag)}`] as const] : []),
  ] as const
  for (const [operationId, query] of lists) {
    const json = await run.send(operationId, { query, accept: JSON_TYPE, about: `a list after ${about}` })
    await compareXml(run, json, { query, about: `a list as XML after ${about}` })
  }
}

/** Time in which caches and jobs bring records back. */
const BACK_WITHIN_MS = 2500

/** Reads again what was written: it must be there, or gone, to the end of the run. */
export const atTheEnd: Scenario = {
  name: 'all writes at the end',
  operations: ['getUserByName', 'getPetById', 'getOrderById'],
  needs: ['getUserByName'],
  isAddition: true,
  modes: WRITING,
  run: async (run, known) => {
    await checkKept(run, known, 'the whole run')
    if (known.lastUser) await readUser(run, known.lastUser, 'the whole run')
    if (known.gonePet) {
      const left = known.gonePet.at + BACK_WITHIN_MS - run.now()
      // A quick run does not wait.
      if (left > 0 && run.depth !== 'quick') await sleep(left)
      await checkGone(run, 'getPetById', { petId: String(known.gonePet.id) }, 'a deleted pet', 'the whole run')
    }
    if (run.mode === 'full') await checkOthers(run, known, NaN, 'the whole run')
  },
}
