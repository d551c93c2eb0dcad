import { expect, test } from '@jest/globals'
import type { Client, Received } from '../../contract-tests/mutants/client.ts'
import { isWhole, randomFrom, startBoth } from './mock-before.test.support.ts'
import { type Step, Told } from './told.test.support.ts'

type Random = () => number
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

const PETS = ['1', '2', '3', '4', '5', '6', '7', '11', '77']
const USERS = ['user1', 'user2', 'ada', 'nobody']
const ORDERS = ['1', '2', '3', '9', '20']
const STATUSES = ['available', 'pending', 'sold']
const FORM = 'application/x-www-form-urlencoded'

function nextStep(random: Random): Step {
  const makers: readonly (() => Step)[] = [
    () => ({ kind: 'read', of: 'pet', key: pick(random, PETS) }),
    () => ({ kind: 'read', of: 'pet', key: pick(random, PETS) }),
    () => ({ kind: 'read', of: 'user', key: pick(random, USERS) }),
    () => ({ kind: 'read', of: 'order', key: pick(random, ORDERS) }),
    () => ({ kind: 'list', by: 'status', words: random() < 0.7 ? [pick(random, STATUSES)] : ['sold', 'pending'] }),
    () => ({ kind: 'list', by: 'tags', words: [pick(random, ['tag1', 'tag2', 'fresh'])] }),
    () => ({ kind: 'inventory' }),
    () => ({ kind: 'replace', pet: petOf(random) }),
    () => ({ kind: 'rename', key: pick(random, PETS), name: pick(random, ['rex', 'Zoë']) }),
    () => ({ kind: 'delete', of: pick(random, ['pet', 'user', 'order'] as const), key: '' }),
    () => ({ kind: 'user', user: { username: pick(random, USERS), firstName: pick(random, ['Ada', 'Eve']) } }),
  ]
  const step = pick(random, makers)()
  if (step.kind !== 'delete') return step
  return { ...step, key: pick(random, { pet: PETS, user: USERS, order: ORDERS }[step.of]) }
}

const petOf = (random: Random) => ({
  id: Number(pick(random, PETS)),
  name: pick(random, ['rex', 'Zoë', 'new']),
  photoUrls: [],
  tags: [{ name: pick(random, ['tag1', 'fresh']) }],
  status: pick(random, STATUSES),
})

const PATHS = { pet: '/pet', user: '/user', order: '/store/order' } as const

function ask(client: Client, step: Step): Promise<Received> {
  switch (step.kind) {
    case 'read':
      return client.get(`${PATHS[step.of]}/${step.key}`)
    case 'list':
      return client.get(
        step.by === 'status' ? `/pet/findByStatus?status=${step.words}` : `/pet/findByTags?tags=${step.words}`,
      )
    case 'inventory':
      return client.get('/store/inventory')
    case 'replace':
      return client.put('/domain', step.pet)
    case 'rename':
      return client.send('POST', `/pet/${step.key}`, { type: FORM, body: `name=${encodeURIComponent(step.name)}` })
    case 'delete':
      return client.remove(`${PATHS[step.of]}/${step.key}`)
    case 'user':
      return client.post('/user', step.user)
  }
}

const KILLS = isWhole ? 200 : 8

test(
  'no answer contradicts what the client was told before the live server was killed',
  async () => {
    const contradictions: string[] = []
    let answered = 0
    for (let seed = 1; seed <= KILLS; seed++) {
      const random = randomFrom(seed)
      const both = await startBoth({ seed }, {})
      const told = new Told()
      const steps = Math.floor(random() * 40)
      for (let count = 0; count < steps; count++) {
        const step = nextStep(random)
        told.learn(step, await ask(both.client, step))
      }
      await both.stopLive()
      for (let count = 0; count < 30; count++) {
        const step = nextStep(random)
        const answer = await ask(both.client, step)
        const wrong = told.assess(step, answer)
        if (wrong !== undefined) contradictions.push(`seed ${seed}, step ${count}, ${JSON.stringify(step)}: ${wrong}`)
        if (answer.status === 200) answered += 1
        expect(['mock', undefined]).toContain(answer.headers['x-mock-source'])
      }
      expect(both.mock.defects).toEqual([])
      await both.close()
    }
    expect(contradictions.slice(0, 10)).toEqual([])
    expect(answered).toBeGreaterThan(KILLS * 8)
  },
  isWhole ? 300_000 : 60_000,
)
