import type { Seams } from '../server/seams.ts'
import type { Pet } from '../server/store.ts'
import type { Variant } from '../variant.ts'

/** Lets a path name pets whose id is 0 or less. */
const anyId = (): Seams => ({
  violations: ({ input, match, store }, next) => {
    const isThere =
      match.operation?.parameter === 'id' && /^-?\d+$/.test(input.parameter) && store.pets.has(Number(input.parameter))
    return next().filter(({ place }) => place !== 'path' || !isThere)
  },
})

/** Writes an id of the store as another number, in every text and in every path. */
const spelled = (own: number, shown: string): Seams => ({
  match: (handling, next) => {
    const { request } = handling
    const path = request.path.replace(`/pet/${shown}`, `/pet/${own}`)
    const body = Buffer.from(request.body.toString('latin1').replaceAll(shown, String(own)), 'latin1')
    handling.request = { ...request, path, body: request.body.includes(shown) ? body : request.body }
    return next()
  },
  text: (_handling, next) =>
    next()
      .replace(new RegExp(`"id":${own},(?="category"|"name":"[^"]*","photoUrls")`, 'g'), `"id":${shown},`)
      .replace(new RegExp(`<Pet><id>${own}</id>`, 'g'), `<Pet><id>${shown}</id>`),
})

const renumbered =
  (ids: Readonly<Record<number, number>>) =>
  (pets: readonly Pet[]): readonly Pet[] =>
    pets.map((pet) => ({ ...pet, id: ids[pet.id] ?? pet.id }))

/** Ids at the edges of int64. */
export const idVariants: readonly Variant[] = [
  {
    id: 'ids-of-zero-and-below',
    summary: 'Pets have the ids 0 and -1 too.',
    records: (records) => ({ ...records, pets: renumbered({ 1: 0, 2: -1 })(records.pets) }),
    seams: anyId,
  },
  {
    id: 'pet-minus-one-in-no-list',
    summary: 'A pet without a status has the id -1, so that no list shows it.',
    records: (records) => ({ ...records, pets: renumbered({ 11: -1 })(records.pets) }),
    seams: anyId,
  },
  {
    id: 'ids-beyond-2-53',
    summary: 'A pet has the highest int64 for an id.',
    seams: () => spelled(3, '9223372036854775807'),
  },
  {
    id: 'ids-at-once-beyond-2-53',
    summary: 'The first pet has an id that a double would round.',
    seams: () => spelled(1, '9007199254740993'),
    otherwise: [
      ...['updatePet', 'updatePet is stored', 'updatePetWithForm', 'updatePetWithForm is stored'],
      ...['uploadFile', 'deletePet', 'a deleted pet is missing'],
    ],
  },
  {
    id: 'ids-far-apart',
    summary: 'The ids of pets are far apart, in no order.',
    records: (records) => ({
      ...records,
      pets: records.pets.map((pet) => ({ ...pet, id: ((pet.id * 7_919_003) % 1_000_003) + 20 })),
    }),
  },
  {
    id: 'tags-without-ids',
    summary: 'Tags of stored pets have no id, or no name.',
    records: (records) => ({
      ...records,
      pets: records.pets.map((pet, index) => ({
        ...pet,
        tags: [{ name: 'tag1' }, ...(index % 2 === 0 ? [{ id: 4 }, {}] : [])],
      })),
    }),
  },
  {
    id: 'texts-with-commas',
    summary: 'Tags have commas, blanks and signs of a query.',
    records: (records) => ({
      ...records,
      pets: records.pets.map((pet, index) => ({
        ...pet,
        tags: [{ id: index, name: TAGS[index % TAGS.length] ?? '' }],
      })),
    }),
  },
]

const TAGS = ['a,b', ' padded ', 'a&b=c', '100%', 'q?#', 'plus+plus', 'été', '']
