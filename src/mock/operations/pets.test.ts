import { expect, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../../index.ts'

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
  expect(mock.store.pets.get(1)?.photoUrls.at(-1)).toBe('https://images.inboxes.example/pets/1/rex.png')
})
