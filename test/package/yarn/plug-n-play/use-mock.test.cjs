const { useMock } = require('inboxes-mock/testing/jest')

const mock = useMock()

test('a pet is deleted', async () => {
  const call = async (method) =>
    (await fetch(`${mock.url}/pet/1`, { method, headers: { api_key: 'special-key' } })).status
  expect([await call('DELETE'), await call('GET')]).toEqual([200, 404])
})
