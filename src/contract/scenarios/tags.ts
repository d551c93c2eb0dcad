import { findConflict } from '../compare.ts'
import { type Exchange, isSuccess } from '../exchange.ts'
import type { Session } from '../session.ts'
import { type KnownPet, petsIn, type World } from '../world.ts'
import { compareXml } from './read.ts'

/** Filters by the tags of the subject, which has two of its own; what else has them must really have them. */
export async function checkTags(session: Session, world: World, pet: KnownPet): Promise<void> {
  const [first = '', second = ''] = (pet.tags ?? []).map(({ name = '' }) => name)
  const unknown = `${session.prefix}nobody`
  const cases: readonly (readonly [string, readonly string[], boolean])[] = [
    ['its first tag', [first], true],
    ['its second tag', [second], true],
    ['both tags', [first, second], true],
    ['an unknown tag and its own', [unknown, first], true],
    ['the beginning of a tag', [first.slice(0, -2)], false],
    ['an unknown tag', [unknown], false],
  ]
  for (const [about, tags, isFound] of cases)
    checkFound(session, await filter(session, tags, about), pet, tags, isFound, about)
  await compareLists(session, world, pet)
}

const filter = (session: Session, tags: readonly string[], about: string) =>
  session.send('findPetsByTags', { query: queryOf(tags), accept: 'application/json', about: `filtering by ${about}` })

const queryOf = (tags: readonly string[]) => `tags=${tags.map(encodeURIComponent).join(',')}`

function checkFound(
  session: Session,
  exchange: Exchange,
  pet: KnownPet,
  tags: readonly string[],
  isFound: boolean,
  about: string,
): void {
  if (!isSuccess(exchange) || !Array.isArray(exchange.value)) return
  const pets = petsIn(exchange.value)
  const strangers = pets.filter((other) => !other.tags?.some(({ name }) => name !== undefined && tags.includes(name)))
  const times = pets.filter(({ id }) => id === pet.id).length
  session.check('filters', exchange, times === (isFound ? 1 : 0) && strangers.length === 0, () => ({
    place: about,
    expected: isFound ? `pet ${pet.id} once, and only pets with that tag` : 'no pet',
    actual: `pet ${pet.id} ${times} times, ${strangers.length} pets without the tag`,
  }))
}

/** Lists with another pet beside the subject, in JSON and XML. */
async function compareLists(session: Session, world: World, pet: KnownPet): Promise<void> {
  const others = [...world.pets.values()].flatMap(({ id, tags = [] }) =>
    id === pet.id ? [] : tags.map(({ name }) => name),
  )
  const known = others.find((name) => name !== undefined && name !== '' && !name.includes(','))
  const sending = {
    query: queryOf([pet.tags?.[0]?.name ?? '', ...(known === undefined ? [] : [known])]),
    about: 'filtering by tags of several pets',
  }
  const json = await session.send('findPetsByTags', { ...sending, accept: 'application/json' })
  await compareXml(session, json, sending)
  const listed = petsIn(json.value).find(({ id }) => id === pet.id)
  const conflict = listed && findConflict(pet, listed)
  session.check('cross-check', json, conflict === undefined, () => ({
    place: `list by tags ${conflict?.at.replace(/\/\d+/g, '/*')}`,
    expected: `${conflict?.at}: ${conflict?.expected}, as the pet has`,
    actual: String(conflict?.actual),
  }))
}
