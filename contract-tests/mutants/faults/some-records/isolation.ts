import { after, alterPet } from '../../alter.ts'
import { inArea } from '../../fault.ts'

/** Faults of isolation that show on some records only. */
export const isolationOfSome = inArea('isolation', [
  {
    id: 'pet-update-removes-user',
    operation: 'updatePet',
    summary: 'An update of a pet removes the user who was created last.',
    seams: after(({ store }) => {
      const last = [...store.users.keys()].at(-1)
      if (last !== undefined) store.users.delete(last)
    }),
    witness: async ({ get, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [] })
      return (await get('/user/user3')).status === 404
    },
  },
  {
    id: 'pet-deletion-removes-orders',
    operation: 'deletePet',
    summary: 'Deleting a pet removes all orders.',
    seams: after(({ store }) => store.orders.clear()),
    witness: async ({ get, remove }) => {
      await remove('/pet/1')
      return (await get('/store/order/1')).status === 404
    },
  },
  {
    id: 'user-deletion-sells-pet',
    operation: 'deleteUser',
    summary: 'Deleting a user changes a pet.',
    seams: after((handling) => alterPet(handling, 3, (pet) => ({ ...pet, name: 'orphan' }))),
    witness: async ({ get, remove }) => {
      await remove('/user/user1')
      return (await get('/pet/3')).object.name === 'orphan'
    },
  },
  {
    id: 'order-deletion-renames-orders',
    operation: 'deleteOrder',
    summary: 'Deleting an order renames the others.',
    seams: after(({ store }) => {
      for (const [id, order] of store.orders) store.orders.set(id, { ...order, name: 'moved' })
    }),
    witness: async ({ get, remove }) => {
      await remove('/store/order/1')
      return (await get('/store/order/2')).object.name === 'moved'
    },
  },
])
