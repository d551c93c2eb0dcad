import { describe, expect, test } from '@jest/globals'
import { REFUSED, UNAUTHORIZED } from './statuses.ts'
import { useTarget, writingTest } from './target.ts'

interface Pet {
  readonly id: number
  readonly name: string
  readonly photoUrls: readonly string[]
  readonly tags?: readonly { readonly name?: string }[]
  readonly status?: string
}

const STATUSES = ['available', 'pending', 'sold']
/** No server is expected to have this pet. */
const MISSING = 876_543_210

const { api, anonymous } = useTarget()

const getJson = (path: string) => api().get(path).accept('application/json')
const getXml = (path: string) => api().get(path).accept('application/xml')

const petsWithStatus = async (status: string): Promise<Pet[]> =>
  (await getJson(`/pet/findByStatus?status=${status}`).expect(200)).body

const readPet = async (id: number): Promise<Pet> => (await getJson(`/pet/${id}`).expect(200)).body

const putPet = (pet: object) => api().put('/domain').send(pet)

/** The API cannot create pets, so the scenarios use one that the server has; without any they have nothing to do. */
async function withPet(act: (pet: Pet) => Promise<void>): Promise<void> {
  const [first] = await petsWithStatus(STATUSES.join(','))
  if (first !== undefined) await act(await readPet(first.id))
}

/** The same, and puts the pet back afterwards. */
const withPetRestored = (act: (pet: Pet) => Promise<void>) =>
  withPet(async (pet) => {
    try {
      await act(pet)
    } finally {
      await putPet(pet)
    }
  })

describe('GET /pet/findByStatus', () => {
  test.each(STATUSES)('lists only %s pets', async (status) => {
    expect((await petsWithStatus(status)).filter((pet) => pet.status !== status)).toEqual([])
  })

  test('lists the pets of several statuses together', async () => {
    const [available, sold] = [await petsWithStatus('available'), await petsWithStatus('sold')]
    const both = await petsWithStatus('available,sold')
    expect(idsOf(both)).toEqual(idsOf([...available, ...sold]))
  })

  test('comes as XML if the client asks for it', () =>
    getXml('/pet/findByStatus?status=sold')
      .expect(200)
      .expect('Content-Type', /^application\/xml/i))

  test.each(['?status=lost', '?status=sold,lost', ''])('refuses the query "%s"', async (query) => {
    expect(REFUSED).toContain((await getJson(`/pet/findByStatus${query}`)).status)
  })

  test('refuses a request without a key', async () => {
    expect(UNAUTHORIZED).toContain((await anonymous().get('/pet/findByStatus?status=sold')).status)
  })
})

describe('GET /pet/findByTags', () => {
  const petsWithTag = async (tag: string): Promise<Pet[]> =>
    (await getJson(`/pet/findByTags?tags=${encodeURIComponent(tag)}`).expect(200)).body

  test('lists each pet under its tags', () =>
    withPet(async ({ id, tags = [] }) => {
      // A comma separates tags in the query, so a tag that has one cannot be asked for.
      const names = tags.map(({ name = '' }) => name).filter((name) => name.trim() === name && /^[^,]+$/.test(name))
      for (const name of names) expect(idsOf(await petsWithTag(name))).toContain(id)
    }))

  test('lists only pets that have the tag', async () => {
    const pets = await petsWithTag('tag1')
    expect(pets.filter(({ tags = [] }) => !tags.some(({ name }) => name === 'tag1'))).toEqual([])
  })

  test('comes as XML if the client asks for it', () =>
    getXml('/pet/findByTags?tags=tag1,tag2')
      .expect(200)
      .expect('Content-Type', /^application\/xml/i))

  test('refuses a request without tags', async () => {
    expect(REFUSED).toContain((await getJson('/pet/findByTags')).status)
  })

  test('refuses a request without a key', async () => {
    expect(UNAUTHORIZED).toContain((await anonymous().get('/pet/findByTags?tags=tag1')).status)
  })
})

describe('GET /pet/{petId}', () => {
  test('gives a pet with the id that was asked for', () =>
    withPet(async ({ id }) => {
      expect(await readPet(id)).toMatchObject({ id, name: expect.any(String), photoUrls: expect.any(Array) })
    }))

  test('gives the same pet as XML', () =>
    withPet(async ({ id }) => {
      const { text } = await getXml(`/pet/${id}`)
        .expect(200)
        .expect('Content-Type', /^application\/xml/i)
      expect(text).toMatch(/<(\w+:)?Pet[\s>]/)
      expect(text).toContain(String(id))
    }))

  test('gives 404 for a pet that is not there', () => getJson(`/pet/${MISSING}`).expect(404))

  test.each(['abc', '1.5'])('refuses the id %s', async (id) => {
    expect(REFUSED).toContain((await getJson(`/pet/${id}`)).status)
  })

  test('refuses a request without a key, and one with a wrong key', async () => {
    expect(UNAUTHORIZED).toContain((await anonymous().get(`/pet/${MISSING}`)).status)
    expect(UNAUTHORIZED).toContain((await anonymous().get(`/pet/${MISSING}`).set('api_key', 'wrong')).status)
  })
})

describe('PUT /domain updates a pet', () => {
  writingTest('from JSON, and replaces all of it', () =>
    withPetRestored(async ({ id }) => {
      const pet = { id, name: 'Zoë & <Ünal> 🦜', photoUrls: ['b', 'a'], status: 'pending' }
      expect((await putPet(pet)).ok).toBe(true)
      const read = await readPet(id)
      expect(read).toMatchObject(pet)
      expect(read.tags ?? []).toEqual([])
    }),
  )

  writingTest('from XML', () =>
    withPetRestored(async ({ id }) => {
      const xml = `<Pet><id>${id}</id><name>Zoë &amp; Co</name><photoUrls>a</photoUrls><status>sold</status></Pet>`
      expect((await api().put('/domain').type('application/xml').send(xml)).ok).toBe(true)
      expect(await readPet(id)).toMatchObject({ id, name: 'Zoë & Co', photoUrls: ['a'], status: 'sold' })
    }),
  )

  writingTest('and refuses one without a name, which changes nothing', () =>
    withPetRestored(async (pet) => {
      expect(REFUSED).toContain((await putPet({ id: pet.id, photoUrls: [] })).status)
      expect(await readPet(pet.id)).toEqual(pet)
    }),
  )

  writingTest('and gives 404 for a pet that is not there', async () => {
    await putPet({ id: MISSING, name: 'nobody', photoUrls: [] }).expect(404)
  })

  writingTest('and refuses a request without a key', async () => {
    const pet = { id: MISSING, name: 'nobody', photoUrls: [] }
    expect(UNAUTHORIZED).toContain((await anonymous().put('/domain').send(pet)).status)
  })
})

describe('POST /pet/{petId} updates a pet by a form', () => {
  const postForm = (id: number, fields: object) => api().post(`/pet/${id}`).type('form').send(fields)

  writingTest('that changes the name and nothing else', () =>
    withPetRestored(async (pet) => {
      expect((await postForm(pet.id, { name: 'a + b' })).ok).toBe(true)
      expect(await readPet(pet.id)).toEqual({ ...pet, name: 'a + b' })
    }),
  )

  writingTest('that changes the name and the status', () =>
    withPetRestored(async (pet) => {
      expect((await postForm(pet.id, { name: 'Zoë', status: 'pending' })).ok).toBe(true)
      expect(await readPet(pet.id)).toEqual({ ...pet, name: 'Zoë', status: 'pending' })
    }),
  )

  writingTest('and refuses a request without a key', async () => {
    const { status } = await anonymous().post(`/pet/${MISSING}`).type('form').send({ name: 'nobody' })
    expect(UNAUTHORIZED).toContain(status)
  })
})

describe('POST /pet/{petId}/uploadImage', () => {
  const upload = (id: number) => api().post(`/pet/${id}/uploadImage`).accept('application/json')

  writingTest('takes a file with metadata, and changes no name, tag or status', () =>
    withPetRestored(async (pet) => {
      const { body } = await upload(pet.id)
        .field('additionalMetadata', 'größe & more')
        .attach('file', Buffer.from('not really a picture'), { filename: 'pet.png', contentType: 'image/png' })
        .expect(200)
        .expect('Content-Type', /^application\/json/i)
      expect(body).toEqual(expect.any(Object))
      expect({ ...(await readPet(pet.id)), photoUrls: pet.photoUrls }).toEqual(pet)
    }),
  )

  writingTest('takes a file alone', () =>
    withPetRestored(async ({ id }) => {
      await upload(id)
        .attach('file', Buffer.from([0, 255, 13, 10]), 'bytes.bin')
        .expect(200)
    }),
  )

  writingTest('refuses a request without a key', async () => {
    const { status } = await anonymous().post(`/pet/${MISSING}/uploadImage`).attach('file', Buffer.from('x'), 'pet.png')
    expect(UNAUTHORIZED).toContain(status)
  })
})

describe('DELETE /pet/{petId}', () => {
  const deletePet = (id: number | string) => api().delete(`/pet/${id}`)

  writingTest('gives 404 for a pet that is not there', async () => {
    await deletePet(MISSING).expect(404)
  })

  writingTest('refuses an id that is not a number', async () => {
    expect(REFUSED).toContain((await deletePet('abc')).status)
  })

  writingTest('refuses a request without a key', async () => {
    expect(UNAUTHORIZED).toContain((await anonymous().delete(`/pet/${MISSING}`)).status)
  })

  // The last scenario of the file: the API cannot bring the pet back.
  writingTest('deletes a pet, which is then neither found nor listed', () =>
    withPet(async ({ id }) => {
      expect((await deletePet(id)).ok).toBe(true)
      await getJson(`/pet/${id}`).expect(404)
      expect(idsOf(await petsWithStatus(STATUSES.join(',')))).not.toContain(id)
      await deletePet(id).expect(404)
    }),
  )
})

const idsOf = (pets: readonly Pet[]): number[] => pets.map(({ id }) => id).sort((a, b) => a - b)
