import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import supertest from 'supertest'
import { type Aim, takeAim, writingTest } from './aim.ts'

interface Pet {
  readonly id: number
  readonly name: string
  readonly photoUrls: readonly string[]
  readonly status?: string
}

const STATUSES = ['available', 'pending', 'sold']
const MISSING = 876_543_210

let aim: Aim
beforeAll(async () => {
  aim = await takeAim()
})
afterAll(() => aim.close())

const get = (path: string) => supertest(aim.url).get(path).set('api_key', aim.key).accept('application/json')
const list = async (status: string): Promise<Pet[]> =>
  (await get(`/pet/findByStatus?status=${status}`).expect(200)).body

/** Pets cannot be created, so that any that is there has to do. */
const anyPet = async (): Promise<Pet | undefined> => (await list(STATUSES.join(',')))[0]

describe('Reading pets', () => {
  test.each(STATUSES)('GET /pet/findByStatus lists only %s pets', async (status) => {
    expect((await list(status)).filter((pet) => pet.status !== status)).toEqual([])
  })

  test('GET /store/inventory counts the pets that the lists show', async () => {
    const pets = await list(STATUSES.join(','))
    const { body } = await get('/store/inventory').expect(200)
    for (const status of STATUSES)
      expect([status, body[status] ?? 0]).toEqual([status, pets.filter((pet) => pet.status === status).length])
  })

  test('GET /pet/{petId} gives the pet that a list shows', async () => {
    const pet = await anyPet()
    if (pet) expect((await get(`/pet/${pet.id}`).expect(200)).body).toEqual(pet)
  })

  test('GET /pet/{petId} of nobody is 404', () => get(`/pet/${MISSING}`).expect(404))

  test('GET /pet/{petId} comes as XML where that is asked for', async () => {
    const pet = await anyPet()
    if (pet)
      await get(`/pet/${pet.id}`)
        .accept('application/xml')
        .expect(200)
        .expect('Content-Type', /^application\/xml/i)
  })

  test('Without a key a pet is refused', async () => {
    const { status } = await supertest(aim.url).get(`/pet/${MISSING}`)
    expect([401, 403]).toContain(status)
  })
})

describe('Changing pets', () => {
  const onPet = async (act: (pet: Pet) => Promise<void>) => {
    const pet = await anyPet()
    if (pet === undefined) return
    await act(pet)
    await put(pet)
  }
  const put = (pet: object) => supertest(aim.url).put('/domain').set('api_key', aim.key).send(pet)

  writingTest('PUT /domain replaces a pet', () =>
    onPet(async ({ id }) => {
      const pet = { id, name: 'Zoë & <Ünal> 🦜', photoUrls: ['b', 'a'] }
      expect((await put(pet)).ok).toBe(true)
      expect((await get(`/pet/${id}`).expect(200)).body).toMatchObject(pet)
    }),
  )

  writingTest('POST /pet/{petId} changes the name and nothing else', () =>
    onPet(async (pet) => {
      const posted = await supertest(aim.url)
        .post(`/pet/${pet.id}`)
        .set('api_key', aim.key)
        .type('form')
        .send({ name: 'a + b' })
      expect(posted.ok).toBe(true)
      expect((await get(`/pet/${pet.id}`).expect(200)).body).toEqual({ ...pet, name: 'a + b' })
    }),
  )

  writingTest('PUT /domain refuses a pet without a name, and stores nothing of it', () =>
    onPet(async (pet) => {
      const { status } = await put({ id: pet.id, photoUrls: [] })
      expect([400, 405, 415, 422]).toContain(status)
      expect((await get(`/pet/${pet.id}`).expect(200)).body).toEqual(pet)
    }),
  )
})
