import { crossCheck } from '../checks/cross-check.ts'
import { filters } from '../checks/filters.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import { type KnownRecords, listPets } from '../known-records.ts'
import { type KnownPet, petsIn, tagNamesOf } from '../listed-pets.ts'
import type { Run } from '../run.ts'
import { compareXml, readHead } from './read.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

/** Filters by the two tags that only the subject should have. Every pet in a list must have the tag. */
export async function checkTags(run: Run, known: KnownRecords, pet: KnownPet): Promise<void> {
  const [first = '', second = ''] = (pet.tags ?? []).map(({ name = '' }) => name)
  const unknown = `${run.prefix}nobody`
  const cases: readonly (readonly [string, readonly string[], boolean])[] = [
    ['its first tag', [first], true],
    ['its second tag', [second], true],
    ['both tags', [first, second], true],
    ['an unknown tag and its own', [unknown, first], true],
    ['two unknown tags and its own', [unknown, `${unknown}2`, first], true],
    ['the beginning of a tag', [first.slice(0, -2)], false],
    ['an unknown tag', [unknown], false],
    ['the name of its category', [pet.category?.name ?? unknown], false],
  ]
  for (const [about, tags, isFound] of cases) await filterFor(run, pet, tags, isFound, about)
  await filterEncoded(run, [pet], [unknown, first])
  for (const [about, tag] of [
    ['one pet', first],
    ['no pet', unknown],
  ] as const)
    await compareXml(run, await filter(run, [tag], `a tag of ${about}`, () => true), {
      query: queryOf([tag]),
      about: `filtering by a tag of ${about}, as XML`,
    })
  await compareLists(run, known, pet)
}

/** The tag of a pet must find it, whatever its status. */
export async function checkTag(run: Run, pet: KnownPet, about: string): Promise<void> {
  const tag = pet.tags?.find(({ name }) => name)?.name
  if (tag !== undefined && !tag.includes(',')) await filterFor(run, pet, [tag], true, about, `its tag after ${about}`)
}

/** The pet has the tag, whatever its text is. */
export async function findByTag(run: Run, pet: KnownPet, tag: string, about: string): Promise<void> {
  await filterFor(run, pet, [tag], true, `a tag with ${about}`)
}

/** The tags and the status that a write took from a pet must not find it any more. */
export async function checkOldPlaces(run: Run, before: KnownPet, pet: KnownPet, about: string): Promise<void> {
  const now = tagNamesOf(pet)
  const [old] = tagNamesOf(before).filter((name) => name !== '' && !name.includes(',') && !now.includes(name))
  if (old !== undefined) await filterFor(run, pet, [old], false, about, 'a tag that was taken from it')
  const { status } = before
  if (status === undefined || status === pet.status) return
  const seen = ({ value }: Interaction) => filters.notListed(pet, petsIn(value), status)
  const list = await listPets(run, status, `listing ${status} after ${about}`, (shown) => seen(shown) === undefined)
  if (isSuccess(list)) run.check(filters, list, seen(list))
}

/** Filters by tags that listed pets have: every listed pet with such a tag is found, and nothing without one. */
export const listedTags: Scenario = {
  name: 'tags of listed pets',
  operations: ['findPetsByTags', 'findPetsByStatus'],
  modes: EVERY_MODE,
  run: async (run, { pets }) => {
    const tags = commonTags([...pets.values()])
    for (const wanted of [...tags.map((tag) => [tag]), ...(tags.length > 1 ? [tags] : [])]) {
      const sending = { query: queryOf(wanted), about: `filtering by ${wanted.length} common tags` }
      const json = await run.send('findPetsByTags', { ...sending, accept: 'application/json' })
      checkAllFound(run, json, [...pets.values()], wanted)
      if (wanted !== tags && tags.length > 1) continue
      if (tags.length > 1) await filterEncoded(run, [...pets.values()], tags)
      await compareXml(run, json, sending)
      await readHead(run, json, sending)
    }
  },
}

async function filterEncoded(run: Run, pets: readonly KnownPet[], tags: readonly string[]): Promise<void> {
  const sending = { query: queryOf(tags, ENCODED_COMMA), about: 'filtering by tags with an encoded comma between them' }
  checkAllFound(run, await run.send('findPetsByTags', { ...sending, accept: 'application/json' }), pets, tags)
}

const COMMON = 2

/** The most frequent tags. Tags that a query cannot carry unchanged are left out. */
function commonTags(pets: readonly KnownPet[]): string[] {
  const counts = new Map<string, number>()
  for (const name of pets.flatMap(tagNamesOf)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const usable = [...counts].filter(([name]) => name.trim() === name && name !== '' && !name.includes(','))
  return usable
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, COMMON)
    .map(([name]) => name)
}

function checkAllFound(run: Run, list: Interaction, pets: readonly KnownPet[], wanted: readonly string[]): void {
  if (!isSuccess(list) || !Array.isArray(list.value)) return
  run.check(filters, list, filters.ofKnownTags(petsIn(list.value), pets, wanted))
}

const filter = (run: Run, tags: readonly string[], about: string, until: (found: readonly KnownPet[]) => boolean) =>
  run.send('findPetsByTags', {
    query: queryOf(tags),
    accept: 'application/json',
    about: `filtering by ${about}`,
    until: ({ value }) => until(petsIn(value)),
  })

/** Filters and checks whether the pet is found. */
async function filterFor(
  run: Run,
  pet: KnownPet,
  tags: readonly string[],
  isFound: boolean,
  about: string,
  place = about,
): Promise<Interaction> {
  const isRight = (found: readonly KnownPet[]) => filters.ofTags(pet, found, tags, isFound, place) === undefined
  const list = await filter(run, tags, about, isRight)
  checkFound(run, list, pet, tags, isFound, place)
  return list
}

/** A comma separates, encoded or not. */
const ENCODED_COMMA = '%2C'

const queryOf = (tags: readonly string[], comma = ',') => `tags=${tags.map(encodeURIComponent).join(comma)}`

function checkFound(
  run: Run,
  interaction: Interaction,
  pet: KnownPet,
  tags: readonly string[],
  isFound: boolean,
  about: string,
): void {
  if (!isSuccess(interaction) || !Array.isArray(interaction.value)) return
  run.check(filters, interaction, filters.ofTags(pet, petsIn(interaction.value), tags, isFound, about))
}

/** Lists the subject together with another pet, in JSON and XML. */
async function compareLists(run: Run, known: KnownRecords, pet: KnownPet): Promise<void> {
  const others = [...known.pets.values()].flatMap(({ id, tags = [] }) =>
    id === pet.id ? [] : tags.map(({ name }) => name),
  )
  const other = others.find((name) => name !== undefined && name !== '' && !name.includes(','))
  const sending = {
    query: queryOf([pet.tags?.[0]?.name ?? '', ...(other === undefined ? [] : [other])]),
    about: 'filtering by tags of several pets',
  }
  const json = await run.send('findPetsByTags', { ...sending, accept: 'application/json' })
  await compareXml(run, json, sending)
  const listed = petsIn(json.value).find(({ id }) => id === pet.id)
  run.check(crossCheck, json, listed && crossCheck.asReadByTag(pet, listed))
}
