import { isSuccess } from '../interaction.ts'
import { checkKept, type KnownPet, STATUSES, type World } from '../known-records.ts'
import type { Session } from '../run.ts'
import { checkLists, readBack } from './put-pet.ts'
import { FULL, type Scenario } from './scenario.ts'

const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Changes a pet by form: both fields, each alone, the same form again, escapes, a form that is refused. */
export const updateByForm: Scenario = {
  name: 'changing a pet by form',
  operations: ['updatePetWithForm', 'getPetById', 'findPetsByStatus', 'getInventory'],
  modes: FULL,
  run: async (session, world) => {
    if (!world.subject) return
    const near = world.bystander?.status ?? 'sold'
    const far = STATUSES.find((status) => status !== near && status !== world.subject?.status) ?? 'pending'
    await prepare(session, world, world.subject)
    const both = { name: `${session.prefix}form & more`, status: far }
    await change(session, world, both, 'a form with both fields')
    await change(session, world, both, 'the same form again')
    for (const status of STATUSES) await change(session, world, { status }, `a form with the status ${status}`)
    await change(session, world, { status: near }, 'a form with a status alone')
    await change(session, world, { name: `${session.prefix}Ünï+ form` }, 'a form with a name alone')
    await change(
      session,
      world,
      { name: `${session.prefix}charset` },
      'a form with a charset',
      `${FORM_TYPE}; charset=UTF-8`,
    )
    await changeInvalid(session, world)
    await checkKept(session, world, 'forms')
  },
}

/** Gives the pet fields that a form must leave alone. */
async function prepare(session: Session, world: World, { id }: KnownPet): Promise<void> {
  const { prefix } = session
  const pet: KnownPet = {
    id,
    category: { name: `${prefix}kept` },
    name: `${prefix}before`,
    photoUrls: ['kept'],
    tags: [{ id: 4, name: `${prefix}kept` }],
    status: 'available',
  }
  const sent = await session.send('updatePet', { json: pet, about: 'an update before a form' })
  if (isSuccess(sent)) world.subject = pet
}

type Form = { readonly name?: string; readonly status?: KnownPet['status'] }

const encode = (form: Form) => new URLSearchParams(form as Record<string, string>).toString()

async function change(session: Session, world: World, form: Form, about: string, type = FORM_TYPE): Promise<void> {
  const before = world.subject
  if (!before) return
  const sending = { path: { petId: before.id }, body: encode(form), type, about }
  if (!isSuccess(await session.send('updatePetWithForm', sending))) return
  const expected = { ...before, ...form } as KnownPet
  const now = await readBack(session, before, expected, about, false)
  if (!now) return
  world.subject = now
  await checkLists(session, world, now, about)
}

/** A status outside the enum may be taken or refused; where it is refused the name beside it must not be stored. */
async function changeInvalid(session: Session, world: World): Promise<void> {
  const before = world.subject
  if (!before) return
  const path = { petId: before.id }
  const about = 'a form with a status outside the enum'
  const body = `name=${encodeURIComponent(`${session.prefix}leaked`)}&status=lost`
  const sent = await session.send('updatePetWithForm', { path, body, type: FORM_TYPE, expect: 'any', about })
  if (isSuccess(sent)) return restore(session, before)
  const read = await session.send('getPetById', {
    path,
    accept: 'application/json',
    about: 'reading after a refused form',
  })
  if (!isSuccess(read)) return
  session.check('refused-write', read, Object(read.value).name === before.name, () => ({
    place: 'a refused form',
    expected: `name: ${before.name}`,
    actual: `name: ${Object(read.value).name}`,
  }))
}

async function restore(session: Session, pet: KnownPet): Promise<void> {
  await session.send('updatePet', { json: pet, about: 'putting a pet back' })
}
