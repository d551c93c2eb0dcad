const http = require('node:http')
const { useMock } = require('inboxes-mock/testing/jest')

const mock = useMock()
const send = (url, method = 'GET') =>
  new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers: { api_key: 'special-key' } }, (reply) =>
      reply.resume().on('end', () => resolve(reply.statusCode)),
    )
    sent.on('error', reject).end()
  })

for (const name of ['one', 'two'])
  test(`${name} changes its own state`, async () => {
    expect([await send(`${mock.url}/pet/1`, 'DELETE'), await send(`${mock.url}/pet/1`)]).toEqual([200, 404])
  })
for (const name of ['three', 'four'])
  test.concurrent(`${name} runs beside others`, () =>
    mock.run(name, async () => {
      expect([await send(`${mock.url}/pet/1`, 'DELETE'), await send(`${mock.url}/pet/1`)]).toEqual([200, 404])
    }))
test.concurrent('runs beside others without run', () => send(`${mock.url}/pet/1`))
test('asks against the document', () => send(`${mock.url}/petz`))
test('asks without a session', () => send(new URL('/v2/pet/1', mock.url)))
