import { randomUUID } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { REFUSED, UNAUTHORIZED, WRONG_METHOD } from './statuses.ts'
import { useTarget, writingTest } from './target.ts'

const { api, anonymous } = useTarget()

const newName = () => `contract-${randomUUID()}.example`

describe('POST /domain adds a domain', () => {
  writingTest('that has its name and waits for validation', async () => {
    const name = newName()
    const added = await api().post('/domain').send({ name }).accept('application/json')
    expect(added.ok).toBe(true)
    // The document gives no reply for the success. A server that sends the domain must send this one.
    if (!added.type.includes('json')) return
    expect(added.body).toMatchObject({ id: expect.any(String), name })
    expect(['missing validation', 'validated', undefined]).toContain(added.body.status)
  })

  writingTest('under an id of its own each time', async () => {
    const [first, second] = [
      await api().post('/domain').send({ name: newName() }),
      await api().post('/domain').send({ name: newName() }),
    ]
    expect([first.ok, second.ok]).toEqual([true, true])
    if (first.body.id !== undefined) expect(first.body.id).not.toBe(second.body.id)
  })
})

describe('POST /domain refuses', () => {
  writingTest('a name that is not a string', async () => {
    expect(REFUSED).toContain((await api().post('/domain').send({ name: 7 })).status)
  })

  writingTest('a body that is not JSON', async () => {
    const { status } = await api().post('/domain').type('application/json').send('{"name": "cut off')
    expect(REFUSED).toContain(status)
  })

  writingTest('a request without a key, and one with a wrong key', async () => {
    const body = { name: newName() }
    expect(UNAUTHORIZED).toContain((await anonymous().post('/domain').send(body)).status)
    expect(UNAUTHORIZED).toContain((await anonymous().post('/domain').set('api_key', 'wrong').send(body)).status)
  })
})

test('GET /domain does not exist', async () => {
  expect(WRONG_METHOD).toContain((await api().get('/domain')).status)
})
