import { makeClient } from './client.ts'

/** Another client of the same server. */
export interface SecondWriter {
  /** Resolves when its last request is answered. */
  readonly stop: () => Promise<void>
}

const STATUSES = ['available', 'pending', 'sold']

/** Writes to pets, orders and users in turns, so many times a second, until it is stopped. */
export function startSecondWriter(url: string, perSecond: number): SecondWriter {
  const { get, put, form, post, remove, close } = makeClient(url)
  const open = new Set<Promise<unknown>>()
  let turn = 0

  const pick = async () => {
    const { list } = await get('/pet/findByStatus?status=available,pending,sold')
    return list[(turn * 5) % Math.max(list.length, 1)]
  }
  const write = async () => {
    turn += 1
    const status = STATUSES[turn % STATUSES.length] ?? 'sold'
    const pet = turn % 4 === 3 ? undefined : await pick()
    if (!pet) return post('/store/order', { name: `another${turn}.example` })
    if (turn % 4 === 0) return form(`/pet/${pet.id}`, `status=${status}&name=another${turn}`)
    if (turn % 4 === 1) return put('/domain', { ...pet, name: `another ${turn}`, tags: [{ id: turn, name: 'tag1' }] })
    await post('/user', { username: `another${turn}`, userStatus: turn })
    return remove(`/user/another${turn}`)
  }
  const timer = setInterval(() => {
    const writing = write().finally(() => open.delete(writing))
    open.add(writing)
  }, 1000 / perSecond)
  return {
    stop: async () => {
      clearInterval(timer)
      await Promise.all(open)
      close()
    },
  }
}
