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

test('tests that run at once, and end at any time, find no request that is not theirs', async () => {
  const mock = await openMock({}, {})
  const lane = async (length: number): Promise<void> => {
    for (let turn = 0; turn < 12; turn++)
      await mock.run(`test ${turn} of ${length}`, async (session) => {
        for (let count = 0; count < length; count++) await search(session.url)
        expect(await session.journal.count()).toBe(length)
      })
  }
  await Promise.all([1, 2, 3, 4, 5, 6].map(lane))
  await mock.close()
})
