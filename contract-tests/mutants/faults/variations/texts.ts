import { input } from '../../alter.ts'
import type { Client } from '../../client.ts'
import type { FaultRow } from '../../fault.ts'
import type { Pet, User } from '../../server/store.ts'

const changed = (change: (text: string) => string) =>
  input<Partial<User>>((user) => ({ ...user, ...(user.lastName && { lastName: change(user.lastName) }) }))

const lastNameOf = async ({ put, get }: Client, lastName: string) => {
  await put('/user/user1', { username: 'user1', lastName })
  return (await get('/user/user1')).object.lastName
}

export const textFaults: readonly FaultRow[] = [
  {
    id: 'text-cut-at-4096',
    operation: 'updateUser',
    summary: 'A text ends at 4096 characters.',
    seams: changed((text) => text.slice(0, 4096)),
    witness: async (client) => String(await lastNameOf(client, 'x'.repeat(5000))).length === 4096,
  },
  {
    id: 'text-cut-at-64-kb',
    operation: 'updateUser',
    summary: 'A text ends at 65,536 characters.',
    seams: changed((text) => text.slice(0, 65_536)),
    witness: async (client) => String(await lastNameOf(client, 'x'.repeat(70_000))).length === 65_536,
  },
  {
    id: 'letters-broken-between-chunks',
    operation: 'updateUser',
    summary: 'A letter of several bytes breaks where a chunk ends.',
    seams: changed((text) => (text.length > 20_000 ? `${text.slice(0, 21_845)}\uFFFD${text.slice(21_846)}` : text)),
    witness: async (client) => String(await lastNameOf(client, '語'.repeat(30_000))).includes('\uFFFD'),
  },
  {
    id: 'separators-of-lines-lost',
    operation: 'updateUser',
    summary: 'Separators of lines become blanks.',
    seams: changed((text) => text.replace(/[\u2028\u2029]/g, ' ')),
    witness: async (client) => (await lastNameOf(client, 'a\u2028b')) === 'a b',
  },
  {
    id: 'signs-of-no-width-lost',
    operation: 'updateUser',
    summary: 'Signs of no width are dropped.',
    seams: changed((text) => text.replace(/[\u200B\u200D]/g, '')),
    witness: async (client) => (await lastNameOf(client, 'a\u200Bb')) === 'ab',
  },
  {
    id: 'tags-cut-at-hundred',
    operation: 'updatePet',
    summary: 'A pet keeps a hundred tags.',
    seams: input<Pet>((pet) => ({ ...pet, ...(pet.tags && { tags: pet.tags.slice(0, 100) }) })),
    witness: async ({ put, get }) => {
      const tags = Array.from({ length: 101 }, (_, id) => ({ id }))
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags })
      return Object((await get('/pet/1')).object.tags).length === 100
    },
  },
  {
    id: 'list-of-users-cut-at-hundred',
    operation: 'createUsersWithListInput',
    summary: 'Of a list of users a hundred are stored.',
    seams: input<readonly unknown[]>((users) => users.slice(0, 100)),
    witness: async ({ post, get }) => {
      await post(
        '/user/createWithList',
        Array.from({ length: 101 }, (_, id) => ({ username: `many${id}` })),
      )
      return (await get('/user/many100')).status === 404
    },
  },
]
