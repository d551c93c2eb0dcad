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
