import { expect, test } from '@jest/globals'
import { VARIANTS } from '../../contract-tests/mutants/variants.ts'
import { isWhole, randomFrom, sampleOf, startBoth } from './mock-before.test.support.ts'
import { randomRequest } from './requests.test.support.ts'

const MANY = isWhole ? 10_000 : 400
const A_FEW = isWhole ? 1_000 : 60

const plain = { id: 'plain', summary: 'the plain server' }

test.each([plain, ...sampleOf(VARIANTS, 20)].map((variant) => [variant.id, variant] as const))(
  'in read mode random requests change nothing on the live server %s, and send it GET alone',
  async (id, variant) => {
    const both = await startBoth({ variant }, {})
    const random = randomFrom(7)
    const before = await recordsOf(both)
    const asked = both.log.length
    for (let count = 0; count < (id === 'plain' ? MANY : A_FEW); count++) {
      const { method, path, ...sending } = randomRequest(random)
      const { status } = await both.client.send(method, path, sending)
      expect([method, path, status]).not.toEqual([method, path, 500])
    }
    const methods = new Set(both.log.slice(asked).map(({ method }) => method))
    expect([...methods].filter((method) => !['GET', 'HEAD'].includes(method))).toEqual([])
    expect(await recordsOf(both)).toEqual(before)
    expect(both.mock.defects).toEqual([])
    await both.close()
  },
  isWhole ? 300_000 : 30_000,
)

/** The records of the live server, without what comes and goes. */
async function recordsOf({ direct }: Awaited<ReturnType<typeof startBoth>>): Promise<unknown[]> {
  const pets = await direct.get('/pet/findByStatus?status=available,pending,sold')
  const users = []
  for (const name of ['user1', 'user2', 'user3', 'ada', 'bob'])
    users.push((await direct.get(`/user/${name}`)).object.firstName)
  const orders = []
  for (const id of [1, 2, 3, 5, 10, 11]) orders.push((await direct.get(`/store/order/${id}`)).object.name)
  const names = pets.list.map(({ id, name, photoUrls }) => JSON.stringify({ id, name, photoUrls }))
  return [names.sort(), users, orders]
}

test(
  'in full mode answers are those of the live server in status, media type and body',
  async () => {
    const [through, straight] = [await startBoth({}, { mode: 'full' }), await startBoth({}, {})]
    const random = randomFrom(11)
    const differences: unknown[] = []
    for (let count = 0; count < MANY; count++) {
      const { method, path, ...sending } = randomRequest(random)
      const [one, other] = await Promise.all([
        through.client.send(method, path, sending),
        straight.direct.send(method, path, sending),
      ])
      const seen = [one, other].map(({ status, headers, bytes }) => [
        status,
        headers['content-type'],
        stable(bytes.toString()),
      ])
      if (JSON.stringify(seen[0]) !== JSON.stringify(seen[1])) differences.push([method, path, sending, ...seen])
    }
    expect(differences).toEqual([])
    expect(through.mock.defects).toEqual([])
    await through.close()
    await straight.close()
  },
  isWhole ? 300_000 : 30_000,
)

/** Two servers make other times. */
const stable = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
