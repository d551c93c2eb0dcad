import { expect, test } from '@jest/globals'
import { openMock } from './test-mock.ts'

const search = (url: string) => fetch(`${url}/store/order/1?verbos=1`)

test.each([
  [undefined, []],
  [false, []],
  [true, [expect.stringContaining('has what the document does not name: /query/verbos')]],
])(
  'with failOnIgnored %s a test with a parameter of no meaning has the problems %j',
  async (failOnIgnored, problems) => {
    const mock = await openMock({ ...(failOnIgnored !== undefined && { failOnIgnored }) }, {})
    const session = await mock.open('a test')
    expect((await search(session.url)).status).toBe(200)
    expect((await session.finish()).problems).toEqual(problems)
    await mock.close()
  },
)

test.each(['', '/', '/s/checkout', '/s/checkout/v2/'])(
  'a base URL that ends with %j has sessions below the base path',
  async (end) => {
    const own = await openMock({}, {})
    const { origin } = new URL(own.url)
    const url = end.startsWith('/s/') ? `${origin}${end.replace(/\/checkout$/, '/checkout/v2')}` : own.url + end
    const mock = await openMock({ url }, {})
    const session = await mock.open('a test')
    expect(mock.url).toBe(own.url)
    expect((await search(session.url)).status).toBe(200)
    expect((await session.finish()).problems).toEqual([])
    await mock.close()
    await own.close()
  },
)
