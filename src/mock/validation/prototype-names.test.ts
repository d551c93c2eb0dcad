import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'

/** Names that every object inherits, which a look-up in a plain object finds although nobody put them there. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype)
/** An integer that cannot be kept, so that the violation's place is looked up. */
const TOO_LARGE = '9007199254740993'

const OPERATIONS = [
  ['POST', '/v2/domain', (extra: string) => `{"name":"a.example",${extra}}`],
  ['PUT', '/v2/domain', (extra: string) => `{"id":1,"name":"a","photoUrls":[],"category":{${extra}}}`],
  ['POST', '/v2/store/order', (extra: string) => `{${extra}}`],
  ['POST', '/v2/user', (extra: string) => `{"username":"n",${extra}}`],
  ['POST', '/v2/user/createWithList', (extra: string) => `[{"username":"n",${extra}}]`],
  ['PUT', '/v2/user/user1', (extra: string) => `{${extra}}`],
  ['PUT', '/__admin/state', (extra: string) => `{"pets":[{"id":1,"name":"a","photoUrls":[],${extra}}]}`],
] as const

test.each(OPERATIONS)(
  '%s %s refuses what stands under an inherited name, with its pointer',
  async (method, path, bodyWith) => {
    const mock = createMock()
    for (const name of INHERITED) {
      for (const extra of [`"${name}":{"x":${TOO_LARGE}}`, `"${name}":${TOO_LARGE}`, `"${name}":[[${TOO_LARGE}]]`]) {
        const headers = { api_key: 'special-key', 'Content-Type': 'application/json' }
        const response = await mock.fetch(path, { method, headers, body: bodyWith(extra) })
        const { errors } = (await response.json()) as { errors?: readonly { readonly pointer: string }[] }
        expect([name, response.status, errors?.some(({ pointer }) => pointer.includes(`/${name}`))]).toEqual([
          name,
          path === '/v2/domain' ? 405 : 400,
          true,
        ])
      }
    }
    expect(mock.defects).toEqual([])
  },
)
