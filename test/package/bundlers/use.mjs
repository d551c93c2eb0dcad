import { createMock } from 'inboxes-mock'
import { runContract } from 'inboxes-mock/contract'
import { openMock } from 'inboxes-mock/testing'

const json = { 'Content-Type': 'application/json' }

/** Uses what is loaded late too: the control plane, the validators, the checks and the mock in a thread. */
async function main() {
  const { url, close } = await createMock().listen()
  const statuses = [
    await fetch(`${url}/pet/1`, { headers: { api_key: 'special-key' } }),
    await fetch(new URL('/__admin/state', url)),
    await fetch(new URL('/openapi.yaml', url)),
    await fetch(`${url}/user`, { method: 'POST', headers: json, body: '{"id":"x"}' }),
  ].map(({ status }) => status)
  const { problem, verdict } = await runContract({ baseUrl: url, apiKey: 'special-key', depth: 'quick' })
  await close()
  const mock = await openMock({}, {})
  const status = await mock.run('a test', async (session) => (await fetch(`${session.url}/store/order/1`)).status)
  await mock.close()
  console.log(JSON.stringify({ statuses, problem, verdict, status }))
}

main()
