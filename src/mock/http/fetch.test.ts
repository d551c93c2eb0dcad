import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { createMock, type FaultStep, type Mock } from '../../index.ts'

const KEY = { api_key: 'special-key' }
let mock: Mock = createMock()
afterEach(() => {
  expect(mock.defects).toEqual([])
  mock = createMock()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  mock.fetch(new Request(url, { headers: { ...KEY, ...headers } }))

test.each(['http://localhost:4010/v2/pet/1', 'https://staging.example/v2/pet/1'])(
  '%s is answered, whatever its origin',
  async (url) => {
    const response = await get(url)
    expect([response.status, response.statusText, response.url]).toEqual([200, 'OK', url])
    expect(await response.json()).toEqual(mock.store.pets.get(1))
  },
)

test('a path and init do, as of fetch', async () => {
  const response = await mock.fetch('/v2/user', {
    method: 'POST',
    body: '{"username":"ada"}',
    headers: { 'Content-Type': 'application/json' },
  })
  expect(response.status).toBe(200)
  expect(mock.store.users.has('ada')).toBe(true)
})

test('a form and multipart are sent as fetch sends them', async () => {
  const form = await mock.fetch('/v2/pet/1', {
    method: 'POST',
    headers: KEY,
    body: new URLSearchParams({ name: 'Rex' }),
  })
  expect([form.status, mock.store.pets.get(1)?.name]).toEqual([200, 'Rex'])
  const data = new FormData()
  data.set('file', new File(['bytes'], 'a.png'))
  const upload = await mock.fetch('/v2/pet/1/uploadImage', { method: 'POST', headers: KEY, body: data })
  expect(await upload.json()).toMatchObject({ message: 'File a.png uploaded, 5 bytes' })
})

test('a compressed body is undone, and one that unpacks to more than the limit is refused', async () => {
  const send = (body: Buffer) =>
    mock.fetch('/v2/user', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    })
  expect((await send(gzipSync('{"username":"zip"}'))).status).toBe(200)
  expect(mock.store.users.has('zip')).toBe(true)
  expect((await send(gzipSync(Buffer.alloc(11 * 1024 * 1024, ' ')))).status).toBe(413)
})

describe('sessions', () => {
  const nameOf = async (response: Response) => ((await response.json()) as { name: string }).name
  const rename = { method: 'POST', headers: KEY, body: new URLSearchParams({ name: 'Renamed' }) }

  test('are told apart by header, path and session().fetch', async () => {
    await mock.session('a').fetch('/v2/pet/1', rename)
    const own = mock.store.pets.get(1)?.name
    expect(await nameOf(await get('/v2/pet/1'.replace(/^/, 'http://x.example')))).toBe(own)
    expect(await nameOf(await get('http://x.example/v2/pet/1', { 'X-Mock-Session': 'a' }))).toBe('Renamed')
    expect(await nameOf(await get('http://x.example/s/a/v2/pet/1'))).toBe('Renamed')
    expect(await nameOf(await mock.session('b').fetch('/v2/pet/1', { headers: KEY }))).toBe(own)
  })

  test('a request that names a session is for that one, whichever fetch it was given to', async () => {
    await mock.session('a').fetch('/s/b/v2/pet/1', rename)
    expect(mock.session('b').store.pets.get(1)?.name).toBe('Renamed')
    expect(mock.session('a').store.pets.get(1)?.name).not.toBe('Renamed')
  })
})

test('the journal has the request as soon as it is answered, and the control plane is there too', async () => {
  await get('http://x.example/v2/pet/1')
  expect(mock.journal.count({ operationId: 'getPetById' })).toBe(1)
  const requests = await (await mock.fetch('http://any.example/__admin/requests')).json()
  expect(requests).toMatchObject({ requests: [{ target: '/v2/pet/1' }] })
})

describe('faults', () => {
  const withFault = (step: FaultStep) => {
    mock.faults.add({ steps: [step] })
    return get('http://x.example/v2/pet/1')
  }

  test.each(['reset', 'empty-reply'] as const)('%s rejects as a TypeError', async (kind) => {
    await expect(withFault({ kind })).rejects.toThrow(TypeError)
  })

  test.each(['truncated', 'reset-in-body'] as const)(
    '%s gives the head, and an error while the body is read',
    async (kind) => {
      const response = await withFault({ kind })
      expect(response.status).toBe(200)
      await expect(response.text()).rejects.toThrow(TypeError)
    },
  )

  test('slow-body gives the body in chunks, and whole', async () => {
    const whole = await (await get('http://x.example/v2/pet/1')).text()
    const { body } = await withFault({ kind: 'slow-body', ms: 30, chunks: 3 })
    const pieces: Uint8Array[] = []
    for await (const piece of body ?? []) pieces.push(piece)
    expect(pieces.length).toBe(3)
    expect(Buffer.concat(pieces).toString()).toBe(whole)
  })
})

describe('an aborted request', () => {
  const remove = (signal: AbortSignal) => mock.fetch('/v2/pet/1', { method: 'DELETE', headers: KEY, signal })

  test('rejects with its reason and changes nothing', async () => {
    await expect(remove(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    expect([mock.store.pets.has(1), mock.journal.count()]).toEqual([true, 0])
  })

  test('rejects while a delay holds it, and changes nothing', async () => {
    mock.faults.add({ steps: [{ kind: 'delay', ms: 60_000 }] })
    const controller = new AbortController()
    const asking = remove(controller.signal)
    setTimeout(() => controller.abort(new Error('gone')), 10)
    await expect(asking).rejects.toThrow('gone')
    expect(mock.store.pets.has(1)).toBe(true)
  })

  test('rejects while its body is still sent, and changes nothing', async () => {
    const controller = new AbortController()
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) })
    const headers = { 'Content-Type': 'application/json' }
    const init = { method: 'POST', headers, body, duplex: 'half', signal: controller.signal } as const
    const asking = mock.fetch('/v2/user', init)
    setTimeout(() => controller.abort(new Error('gone')), 10)
    await expect(asking).rejects.toThrow('gone')
    expect(mock.journal.count()).toBe(0)
  })
})

test('a request whose body was used is refused in words', async () => {
  const request = new Request('http://x.example/v2/user', { method: 'POST', body: '{}' })
  await request.text()
  await expect(mock.fetch(request)).rejects.toThrow('request.clone()')
})

test('a listener that throws spoils no response', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const other = createMock({
    onExchange: () => {
      throw new Error('on purpose')
    },
  })
  expect((await other.fetch('/v2/user/logout')).status).toBe(200)
  expect(other.defects).toEqual(['Error: on purpose'])
  warn.mockRestore()
})
