const { createMock } = require('inboxes-mock')

async function main() {
  const { url, close } = await createMock().listen()
  const { status } = await fetch(`${url}/pet/1`, { headers: { api_key: 'special-key' } })
  await close()
  if (status !== 200) throw new Error(`The status is ${status}.`)
}

main()
