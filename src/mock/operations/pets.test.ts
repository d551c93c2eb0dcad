import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0x80])

const upload = (
  mock: ReturnType<typeof createMock>,
  bytes: Buffer,
  options: { filename: string; contentType: string },
) => supertest(mock.app).post('/v2/pet/1/uploadImage').set('api_key', 'special-key').attach('file', bytes, options)

test('uploadFile takes a real file: its name and size in the message, and a photo for the pet', async () => {
  const mock = createMock()
  const { status, body } = await supertest(mock.app)
    .post('/v2/pet/1/uploadImage')
    .set('api_key', 'special-key')
    .field('additionalMetadata', 'front view')
    .attach('file', Buffer.from('12345'), 'rex.png')
  expect(status).toBe(200)
  expect(body).toEqual({
    code: 200,
    type: 'success',
    message: 'additionalMetadata: front view\nFile rex.png uploaded, 5 bytes',
  })
  expect(mock.store.pets.get(1)?.photoUrls).toHaveLength(4)
})

test.each([
  ['a picture', 'rex.png', 'image/png', 'image/png'],
  ['a picture of another type', 'rex', 'image/svg+xml', 'image/svg+xml'],
  ['a picture whose client does not say its type', 'Rex.JPG', 'application/octet-stream', 'image/jpeg'],
  ['a page, as plain bytes', 'rex.html', 'text/html', 'application/octet-stream'],
  ['a type that would end the URI early', 'rex', 'image/a&b', 'application/octet-stream'],
  ['a name that every object has', 'rex.constructor', 'text/plain', 'application/octet-stream'],
])('an uploaded file is fetched again by the URL that its pet has: %s', async (_what, filename, contentType, type) => {
  const mock = createMock()
  expect((await upload(mock, PNG, { filename, contentType })).status).toBe(200)
  const pet = await mock.fetch('/v2/pet/1', { headers: { api_key: 'special-key' } })
  const { photoUrls } = JSON.parse(await pet.text())
  const fetched = await fetch(photoUrls.at(-1))
  expect(Buffer.from(await fetched.arrayBuffer())).toEqual(PNG)
  expect(fetched.headers.get('content-type')).toBe(type)
})

test('an uploaded picture belongs to its session, and comes and goes with its state', async () => {
  const mock = createMock()
  mock.snapshots.take('before')
  await upload(mock, PNG, { filename: 'a.png', contentType: 'image/png' })
  const { pets } = mock.store.export()
  const photos = () => mock.store.pets.get(1)?.photoUrls.length
  expect(mock.session('other').store.pets.get(1)?.photoUrls).toHaveLength(3)
  mock.snapshots.restore('before')
  expect(photos()).toBe(3)
  await mock.putState({ pets: [...pets] })
  expect(photos()).toBe(4)
})

test('pictures are in the budget for memory', async () => {
  const mock = createMock({ memoryMb: 8 })
  const bytes = Buffer.alloc(3_000_000, 7)
  const statuses: number[] = []
  for (let count = 0; count < 3; count++)
    statuses.push((await upload(mock, bytes, { filename: 'a.png', contentType: 'image/png' })).status)
  expect(statuses[0]).toBe(200)
  expect(statuses.at(-1)).toBe(413)
})

test('the journal has the name and size of a file, and its bytes once', async () => {
  const mock = createMock()
  await upload(mock, PNG, { filename: 'a.png', contentType: 'image/png' })
  const [entry] = mock.journal.find()
  expect(JSON.stringify(entry)).not.toContain('base64')
})
