import { after, alterPet, alterUser } from '../alter.ts'
import { inArea } from '../fault.ts'
import type { Handling } from '../server/handling.ts'
import type { Seams } from '../server/seams.ts'
import type { Pet, Store, User } from '../server/store.ts'

const petId = ({ input: { parameter } }: Handling) => Number(parameter)
const petBody = ({ input: { body } }: Handling) => body as Pet

/** Stores what was refused, where it can be stored at all. */
const storingRefused =
  (store: (handling: Handling) => void): (() => Seams) =>
  () => ({
    violations: (handling, next) => {
      const violations = next()
      if (violations.length > 0) store(handling)
      return violations
    },
  })

const firstOf = ({ pets }: Store, wanted: string) => [...pets.values()].find(({ status }) => status === wanted)

/** Marks the first pet of that status as sold. */
function sell(handling: Handling, wanted: string): void {
  const pet = firstOf(handling.store, wanted)
  if (pet) alterPet(handling, pet.id, (sold) => ({ ...sold, status: 'sold' }))
}

/** A request changes what it does not name. */
export const isolationFaults = inArea('isolation', [
  {
    id: 'update-changes-next-pet',
    operation: 'updatePet',
    summary: 'An update also renames the pet with the next id.',
    seams: after((handling) => {
      const { id, name } = petBody(handling)
      alterPet(handling, id + 1, (pet) => ({ ...pet, name }))
    }),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'spilt', photoUrls: [] })
      return (await get('/pet/2')).object.name === 'spilt'
    },
  },
  {
    id: 'update-changes-pets-of-same-name',
    operation: 'updatePet',
    summary: 'An update changes the status of every pet with that name.',
    seams: after((handling) => {
      const { name, status } = petBody(handling)
      for (const pet of handling.store.pets.values()) {
        if (pet.name === name) alterPet(handling, pet.id, (twin) => ({ ...twin, ...(status && { status }) }))
      }
    }),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'twin', photoUrls: [], status: 'sold' })
      await put('/domain', { id: 2, name: 'twin', photoUrls: [], status: 'pending' })
      return (await get('/pet/1')).object.status === 'pending'
    },
  },
  {
    id: 'form-changes-all-pets-of-status',
    operation: 'updatePetWithForm',
    summary: 'A form renames every pet of the same status.',
    seams: after((handling) => {
      const named = handling.store.pets.get(petId(handling))
      for (const { id, status } of handling.store.pets.values()) {
        if (named && status === named.status) alterPet(handling, id, (pet) => ({ ...pet, name: named.name }))
      }
    }),
    witness: async ({ get, form }) => {
      await form('/pet/1', 'name=spilt')
      return (await get('/pet/4')).object.name === 'spilt'
    },
  },
  {
    id: 'delete-takes-next-pet',
    operation: 'deletePet',
    summary: 'Deleting a pet deletes the one after it too.',
    seams: after((handling) => void handling.store.pets.delete(petId(handling) + 1)),
    witness: async ({ get, remove }) => {
      await remove('/pet/1')
      return (await get('/pet/2')).status === 404
    },
  },
  {
    id: 'delete-order-takes-pet',
    operation: 'deleteOrder',
    summary: 'Deleting an order deletes a pet that is available.',
    seams: after(({ store }) => void store.pets.delete(firstOf(store, 'available')?.id ?? Number.NaN)),
    witness: async ({ get, remove }) => {
      await remove('/store/order/1')
      return (await get('/pet/3')).status === 404
    },
  },
  {
    id: 'delete-user-by-beginning',
    operation: 'deleteUser',
    summary: 'Deleting a user deletes all whose names begin so.',
    seams: after(({ input, store }) => {
      for (const name of [...store.users.keys()]) if (name.startsWith(input.parameter)) store.users.delete(name)
    }),
    witness: async ({ get, post, remove }) => {
      await post('/user/createWithList', [{ username: 'ada' }, { username: 'ada2' }])
      await remove('/user/ada')
      return (await get('/user/ada2')).status === 404
    },
  },
  {
    id: 'delete-order-by-beginning',
    operation: 'deleteOrder',
    summary: 'Deleting an order deletes all whose numbers begin so.',
    seams: after(({ input, store }) => {
      for (const id of [...store.orders.keys()]) if (id.startsWith(input.parameter)) store.orders.delete(id)
    }),
    witness: async ({ get, post, remove }) => {
      await post('/store/order', { id: '12' })
      await post('/store/order', { id: '123' })
      await remove('/store/order/12')
      return (await get('/store/order/123')).status === 400
    },
  },
  {
    id: 'update-changes-other-user',
    operation: 'updateUser',
    summary: 'An update of a user also changes the email of the last one created.',
    seams: after((handling) => {
      const { email } = handling.input.body as User
      const last = [...handling.store.users.keys()].at(-1)
      if (email !== undefined && last) alterUser(handling, last, (user) => ({ ...user, email }))
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { email: 'spilt' })
      return (await get('/user/user3')).object.email === 'spilt'
    },
  },
  {
    id: 'creation-overwrites-user-of-same-email',
    operation: 'createUser',
    summary: 'A user with the same email is removed.',
    seams: after(({ input, store }) => {
      const { username, email } = input.body as User
      const twin = [...store.users.values()].find((user) => user.username !== username && user.email === email)
      if (email !== undefined && twin) store.users.delete(twin.username)
    }),
    witness: async ({ get, post }) => {
      await post('/user', { username: 'ada', email: 'user1@mail.example' })
      return (await get('/user/user1')).status === 404
    },
  },
  {
    id: 'list-replaces-all-users',
    operation: 'createUsersWithListInput',
    summary: 'A list of users replaces all users there were.',
    seams: () => ({
      reply: ({ store }, next) => {
        store.users.clear()
        return next()
      },
    }),
    witness: async ({ get, post }) => {
      await post('/user/createWithList', [{ username: 'ada' }])
      return (await get('/user/user1')).status === 404
    },
  },
  {
    id: 'rejected-pet-stored',
    operation: 'updatePet',
    summary: 'An invalid pet is refused, but its name is stored.',
    seams: storingRefused((handling) => {
      const { id, name } = Object(handling.input.body) as Partial<Pet>
      if (typeof name === 'string') alterPet(handling, Number(id), (pet) => ({ ...pet, name }))
    }),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'leaked', photoUrls: 'x' })
      return (await get('/pet/1')).object.name === 'leaked'
    },
  },
  {
    id: 'rejected-form-partly-stored',
    operation: 'updatePetWithForm',
    summary: 'A form with an invalid status is refused, but its name is stored.',
    seams: storingRefused((handling) => {
      const { name } = Object(handling.input.body) as Partial<Pet>
      alterPet(handling, petId(handling), (pet) => ({ ...pet, ...(name && { name }) }))
    }),
    witness: async ({ get, form }) => {
      await form('/pet/1', 'name=leaked&status=lost')
      return (await get('/pet/1')).object.name === 'leaked'
    },
  },
  {
    id: 'rejected-list-partly-stored',
    operation: 'createUsersWithListInput',
    summary: 'Of a refused list the users before the invalid one are stored.',
    seams: storingRefused(({ input, store }) => {
      const [user] = Array.isArray(input.body) ? (input.body as User[]) : []
      if (typeof user?.username === 'string') store.users.set(user.username, user)
    }),
    witness: async ({ get, post }) => {
      await post('/user/createWithList', [{ username: 'ada' }, { username: 7 }])
      return (await get('/user/ada')).status === 200
    },
  },
  {
    id: 'rejected-user-update-empties',
    operation: 'updateUser',
    summary: 'A refused update clears the user.',
    seams: storingRefused((handling) =>
      alterUser(handling, handling.input.parameter, ({ username }) => ({ username })),
    ),
    witness: async ({ get, put }) => {
      await put('/user/user1', { email: 7 })
      return !('email' in (await get('/user/user1')).object)
    },
  },
  {
    id: 'reading-changes-pet',
    operation: 'getPetById',
    summary: 'Each reading adds a photo.',
    seams: after((handling) =>
      alterPet(handling, petId(handling), (pet) => ({ ...pet, photoUrls: [...pet.photoUrls, 'seen'] })),
    ),
    witness: async ({ get }) => {
      await get('/pet/1')
      return JSON.stringify((await get('/pet/1')).object.photoUrls).includes('seen')
    },
  },
  {
    id: 'listing-sells-pending',
    operation: 'findPetsByStatus',
    summary: 'Listing pending pets sells the first of them.',
    seams: after((handling) => {
      if (handling.request.query.includes('pending')) sell(handling, 'pending')
    }),
    witness: async ({ get }) => {
      await get('/pet/findByStatus?status=pending')
      return (await get('/pet/1')).object.status === 'sold'
    },
  },
  {
    id: 'reading-takes-order',
    operation: 'getOrderById',
    summary: 'An order is gone once it was read.',
    seams: after(({ input, store }) => void store.orders.delete(input.parameter)),
    witness: async ({ get }) => {
      await get('/store/order/1')
      return (await get('/store/order/1')).status === 404
    },
  },
  {
    id: 'head-deletes-user',
    operation: 'getUserByName',
    summary: 'HEAD removes the user.',
    seams: after(({ input, request, store }) => {
      if (request.method === 'HEAD') store.users.delete(input.parameter)
    }),
    witness: async ({ get, send }) => {
      await send('HEAD', '/user/user1')
      return (await get('/user/user1')).status === 404
    },
  },
  {
    id: 'login-changes-user',
    operation: 'loginUser',
    summary: 'A login sets the status of the user.',
    seams: after((handling) =>
      alterUser(handling, handling.input.query.get('username')?.[0] ?? '', (user) => ({ ...user, userStatus: 99 })),
    ),
    witness: async ({ get }) => {
      await get('/user/login?username=user1&password=secret-1-1')
      return (await get('/user/user1')).object.userStatus === 99
    },
  },
  {
    id: 'upload-renames-pet',
    operation: 'uploadFile',
    summary: 'An upload changes the name of the pet.',
    seams: after((handling) => alterPet(handling, petId(handling), (pet) => ({ ...pet, name: 'image' }))),
    witness: async ({ get, send }) => {
      await send('POST', '/pet/1/uploadImage')
      return (await get('/pet/1')).object.name === 'image'
    },
  },
  {
    id: 'order-changes-pet',
    operation: 'placeOrder',
    summary: 'Any order sells an available pet, which the document does not say.',
    seams: after((handling) => sell(handling, 'available')),
    witness: async ({ get, post }) => {
      await post('/store/order', {})
      return (await get('/pet/3')).object.status === 'sold'
    },
  },
  {
    id: 'order-ids-repeat',
    operation: 'placeOrder',
    summary: 'Orders without an id all get the same one and overwrite each other.',
    seams: () => ({
      reply: (handling, next) => {
        handling.input.body = { id: '4711', ...(handling.input.body as object) }
        return next()
      },
    }),
    witness: async ({ post }) => {
      const { object } = await post('/store/order', {})
      return (await post('/store/order', {})).object.id === object.id
    },
  },
  {
    id: 'domain-ids-repeat',
    operation: 'addDomain',
    summary: 'All domains get the same id.',
    seams: () => ({ value: (_handling, next) => ({ ...Object(next()), id: 'dom-1' }) }),
    witness: async ({ post }) => {
      const { object } = await post('/domain', { name: 'a.example' })
      return (await post('/domain', { name: 'b.example' })).object.id === object.id
    },
  },
])
