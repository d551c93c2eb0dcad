import { expect, test } from '@jest/globals'
import { createGuard, NOBODYS } from './guard.ts'

const OWN = '/store/order/42'
const owned = createGuard('owned', { prefix: 'Ct1x', owns: (path) => path === OWN })
const request = (method: string, path: string, body = '') => ({ method, path, headers: {}, body: Buffer.from(body) })
const missing = String(NOBODYS + 1)

type Row = readonly [method: string, path: string, body?: string]

const ALLOWED: readonly Row[] = [
  ['GET', '/user/user1'],
  ['POST', '/user', '{"username":"Ct1xAda"}'],
  ['POST', '/user', '{"username":"Ct1xAda'],
  ['POST', '/user/createWithList', '[{"username":"Ct1xa"},null]'],
  ['PUT', '/user/Ct1xAda', '{}'],
  ['DELETE', '/user/Ct1xZo%C3%AB'],
  ['POST', '/store/order', '{"name":"a"}'],
  ['DELETE', OWN],
  ['DELETE', `${OWN}.5`],
  ['DELETE', `/store/order/${missing}`],
  ['POST', '/domain', '{"name":"ct1xone.example"}'],
  ['PUT', '/domain', `{"id":${missing},"name":"a"}`],
  ['PUT', '/domain', `<Pet><id>${missing}</id></Pet>`],
  ['DELETE', `/pet/${missing}`],
  ['POST', `/pet/${missing}/uploadImage`],
]

test.each(ALLOWED.map((row) => ({ row })))('owned mode sends $row', ({ row }) => {
  expect(owned(request(...row))).toBe(true)
})

const FORBIDDEN: readonly Row[] = [
  ['POST', '/user', '{"username":"user1","firstName":"Ct1x"}'],
  ['POST', '/user', '{"firstName":"Ct1x"}'],
  ['POST', '/user', 'null'],
  ['POST', '/user/createWithList', '[{"username":"Ct1xa"},{"username":"user1"}]'],
  ['POST', '/user/createWithList', '[{"username":"Ct1xa"},{"username":"user1"'],
  ['PUT', '/user/user1', '{"username":"Ct1xAda"}'],
  ['DELETE', '/user/user1?Ct1x'],
  ['POST', '/store/order', '{"id":"7","name":"Ct1x"}'],
  ['DELETE', '/store/order/7'],
  ['DELETE', '/pet/42'],
  ['POST', '/domain', '{"name":"other.example","note":"Ct1x"}'],
  ['PUT', '/domain', '{"id":5,"name":"Ct1x"}'],
  ['PUT', '/domain', '{"name":"Ct1x"}'],
  ['PUT', '/domain', '<Pet><id>5</id><name>Ct1x</name></Pet>'],
  ['POST', '/pet/5', 'name=Ct1x'],
  ['PATCH', '/user/Ct1xAda'],
  ['PUT', '/store/order/42'],
]

test.each(FORBIDDEN.map((row) => ({ row })))('owned mode does not send $row', ({ row }) => {
  expect(owned(request(...row))).toBe(false)
})

test('a header that names another method counts as that method', () => {
  const guard = createGuard('safe', { prefix: 'Ct1x', owns: () => true })
  const overriding = (method: string) => ({
    ...request('GET', '/pet/1'),
    headers: { 'X-HTTP-Method-Override': method },
  })
  expect([guard(overriding('HEAD')), guard(overriding('DELETE'))]).toEqual([true, false])
  expect(owned(overriding('DELETE'))).toBe(false)
})

test('safe mode only reads, full mode does everything', () => {
  const [safe, full] = (['safe', 'full'] as const).map((mode) =>
    createGuard(mode, { prefix: 'Ct1x', owns: () => true }),
  )
  expect(safe?.(request('POST', '/user', '{"username":"Ct1xAda"}'))).toBe(false)
  expect(safe?.(request('HEAD', '/user/a'))).toBe(true)
  expect(full?.(request('DELETE', '/user/user1'))).toBe(true)
})
