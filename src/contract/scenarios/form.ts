import { FORM_TYPE } from '../cases/encode-body.ts'
import { refusedWrite } from '../checks/refused-write.ts'
import { isSuccess } from '../interaction.ts'
import { checkKept, type KnownRecords } from '../known-records.ts'
import { type KnownPet, STATUSES } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { checkLists, giveEveryPart, readPetBack } from './put-pet.ts'
import { FULL, type Scenario } from './scenario.ts'

/** Changes a pet by form: both fields, each alone, the same form again, escapes, an invalid status. */
export const updateByForm: Scenario = {
  name: 'changing a pet by form',
  operations: ['updatePetWithForm', 'getPetById', 'findPetsByStatus', 'getInventory'],
  modes: FULL,
  run: async (run, known) => {
    if (!known.subject) return
    const near = known.bystander?.status ?? 'sold'
    const far = STATUSES.find((status) => status !== near && status !== known.subject?.status) ?? 'pending'
    await giveEveryPart(run, known, known.subject)
    const both = { name: `${run.prefix}form & more`, status: far }
    await change(run, known, both, 'a form with both fields')
    await change(run, known, both, 'the same form again')
    for (const status of STATUSES) await change(run, known, { status }, `a form with the status ${status}`)
    await change(run, known, { status: near }, 'a form with a status alone')
    await change(run, known, { name: `${run.prefix}Ünï+ form` }, 'a form with a name alone')
    await change(run, known, { name: `${run.prefix}charset` }, 'a form with a charset', `${FORM_TYPE}; charset=UTF-8`)
    await changeInvalid(run, known)
    await checkKept(run, known, 'forms')
  },
}

type Form = { readonly name?: string; readonly status?: KnownPet['status'] }

const encode = (form: Form) => new URLSearchParams(form as Record<string, string>).toString()

async function change(run: Run, known: KnownRecords, form: Form, about: string, type = FORM_TYPE): Promise<void> {
  const before = known.subject
  if (!before) return
  const sending = { path: { petId: before.id }, body: encode(form), type, about }
  if (!isSuccess(await run.send('updatePetWithForm', sending))) return
  const expected = { ...before, ...form } as KnownPet
  const now = await readPetBack(run, before, expected, about, false)
  if (!now) return
  known.subject = now
  await checkLists(run, known, now, about)
}

/** A status outside the enum may be accepted or refused. If it is refused, the name must not be stored either. */
async function changeInvalid(run: Run, known: KnownRecords): Promise<void> {
  const before = known.subject
  if (!before) return
  const path = { petId: before.id }
  const about = 'a form with a status outside the enum'
  const body = `name=${encodeURIComponent(`${run.prefix}leaked`)}&status=lost`
  const sent = await run.send('updatePetWithForm', { path, body, type: FORM_TYPE, expect: 'any', about })
  if (isSuccess(sent)) return restore(run, before)
  const read = await run.send('getPetById', {
    path,
    accept: 'application/json',
    about: 'reading after a refused form',
  })
  if (!isSuccess(read)) return
  run.check(refusedWrite, read, refusedWrite.formName(before.name, Object(read.value).name))
}

async function restore(run: Run, pet: KnownPet): Promise<void> {
  await run.send('updatePet', { json: pet, about: 'putting a pet back' })
}
