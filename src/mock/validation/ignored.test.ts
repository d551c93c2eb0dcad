import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'

const KEY = { api_key: 'special-key' }
const FORM = { ...KEY, 'Content-Type': 'application/x-www-form-urlencoded' }
const JSON_TYPE = { ...KEY, 'Content-Type': 'application/json' }
const XML_TYPE = { ...KEY, 'Content-Type': 'application/xml' }

function upload(name: string): FormData {
  const data = new FormData()
  data.set(name, new File(['x'], 'cat.png', { type: 'image/png' }))
  return data
}

/** A request that succeeds, and the parts of it that had no effect. */
type Row = [send: string, init: RequestInit, ignored: unknown]

test.each<Row>([
  ['GET /v2/pet/1?foo=1', { headers: KEY }, [{ pointer: '/query/foo' }]],
  ['GET /v2/pet/findByStatus?status=sold&statu=sold', { headers: KEY }, [{ pointer: '/query/statu' }]],
  [
    'PUT /v2/domain',
    { headers: JSON_TYPE, body: '{"id":1,"name":"a","photoUrls":[],"staus":"sold","tags":[{"id":1,"color":"red"}]}' },
    [{ pointer: '/body/staus', suggestion: 'status' }, { pointer: '/body/tags/0/color' }],
  ],
  [
    'PUT /v2/domain',
    { headers: XML_TYPE, body: '<Pet><id>1</id><name>a</name><staus>sold</staus><category><a/></category></Pet>' },
    [{ pointer: '/body/staus', suggestion: 'status' }, { pointer: '/body/category/a' }],
  ],
  [
    'POST /v2/pet/1',
    { headers: FORM, body: 'name[]=a&x=1' },
    [{ pointer: '/body/name[]', suggestion: 'name' }, { pointer: '/body/x' }],
  ],
  [
    'POST /v2/pet/1/uploadImage',
    { headers: KEY, body: upload('image') },
    [{ pointer: '/body/image', suggestion: 'file' }],
  ],
  [
    'POST /v2/user',
    { headers: JSON_TYPE, body: '{"username":"ada","constructor":1}' },
    [{ pointer: '/body/constructor' }],
  ],
  ['GET /v2/pet/1', { headers: KEY }, undefined],
])('%s with parts that the document does not name: they are in the journal', async (send, init, ignored) => {
  const mock = createMock()
  const [method = '', path = ''] = send.split(' ')
  expect((await mock.fetch(path, { method, ...init })).status).toBe(200)
  expect(mock.journal.find()[0]?.ignored).toEqual(ignored)
  const control = await mock.fetch('/__admin/requests')
  expect(((await control.json()) as { requests: unknown[] }).requests[0]).toEqual(
    ignored === undefined ? expect.not.objectContaining({ ignored }) : expect.objectContaining({ ignored }),
  )
})

test('an upload tells which part came in place of the file', async () => {
  const response = await createMock().fetch('/v2/pet/1/uploadImage', {
    method: 'POST',
    headers: KEY,
    body: upload('image'),
  })
  expect(await response.json()).toMatchObject({ message: 'No file uploaded: the part is called file, not image' })
})

test('of ten thousand unknown names a hundred are noted', async () => {
  const mock = createMock()
  const body = `{"username":"a",${Array.from({ length: 10_000 }, (_, index) => `"n${index}":1`).join()}}`
  await mock.fetch('/v2/user', { method: 'POST', headers: JSON_TYPE, body })
  expect(mock.journal.find()[0]?.ignored).toHaveLength(100)
})
