import { expect, test } from '@jest/globals'
import { startOwnMock } from './own-mock.ts'
import { straysOfOwnMock } from './own-mock-strays.ts'

const ended = (id: string) => ({ id, title: id, headers: { 'X-Mock-Session': id }, contractErrors: async () => [] })

test('a session that ends while another test looks is not taken for one that started anew', async () => {
  const mock = await startOwnMock({})
  const strays = straysOfOwnMock(mock.url)
  const ask = () => fetch(`${mock.url}/store/order/1`, { headers: ended('one').headers })
  await ask()
  const looking = strays.take()
  // The list of sessions is asked for by now, and has not come.
  await Promise.resolve().then(() => {})
  strays.end(ended('one'))
  expect(await looking).toEqual([])
  expect(await strays.take()).toEqual([
    expect.stringContaining('1 request came to the session of "one", which had ended'),
  ])
  expect(await strays.take()).toEqual([])
  await mock.close()
})
