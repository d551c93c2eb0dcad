const assert = require('node:assert/strict')

/**
 * Defines the tests of docs/testing.md for each client, by its name. `define` defines one test; it calls the work with the
 * `url` and the session that the test has.
 */
exports.defineTests = (clients, define) => {
  for (const [name, send] of Object.entries(clients)) {
    let earlier
    define(`${name} changes its own state`, async (url) => {
      earlier = url
      assert.equal(await send(`${url}/pet/1`, 'DELETE'), 200)
      assert.equal(await send(`${url}/pet/1`, 'GET'), 404)
    })
    define(`${name} does not see what another test changed`, async (url, session) => {
      assert.notEqual(url, earlier)
      assert.equal(await send(`${url}/pet/1`, 'GET'), 200)
      await session.expectRequests({ request: { operationId: 'getPetById' }, exactly: 1 })
      // Pages ask by OPTIONS before they send.
      const { requests } = await session.journal.all()
      assert.equal(requests.filter(({ method }) => method !== 'OPTIONS').length, 1)
    })
    // Playwright starts another process after a failure, which does not know the address any more.
    define(`${name} asks at the address of an earlier test`, async () => {
      await send(`${earlier}/pet/1`, 'GET')
    })
    define(`${name} asks against the document`, async (url) => {
      assert.equal(await send(`${url}/pet/findByStatus?status=availible`, 'GET'), 400)
    })
    define(`${name} meets its fault`, async (url, session) => {
      await session.faults.add({ match: { operationId: 'getPetById' }, steps: [{ kind: 'status', status: 404 }] })
      assert.equal(await send(`${url}/pet/1`, 'GET'), 404)
    })
    define(`${name} does not meet its fault`, async (url, session) => {
      await session.faults.add({ match: { operationId: 'deletePet' }, steps: [{ kind: 'status', status: 404 }] })
      assert.equal(await send(`${url}/pet/1`, 'GET'), 200)
    })
    define(`${name} fails by itself`, async (url) => {
      assert.equal(await send(`${url}/pet/1`, 'GET'), 418)
    })
    define(`${name} asks at the address of the mock`, async (url) => {
      assert.equal(await send(String(new URL('/v2/pet/1', url)), 'GET'), 200)
    })
  }
}

/** Defines tests that run at once: with `run`, and without it. */
exports.defineConcurrentTests = (clients, concurrent, mock) => {
  for (const [name, send] of Object.entries(clients)) {
    const beside = `${name} runs beside others`
    concurrent(beside, () =>
      mock.run(beside, async (session) => {
        assert.equal(mock.url, session.url)
        assert.equal(await send(`${mock.url}/pet/1`, 'DELETE'), 200)
        assert.equal(await send(`${mock.url}/pet/1`, 'GET'), 404)
        assert.equal(await session.journal.count(), 2)
      }),
    )
    const wrong = `${name} asks against the document beside others`
    concurrent(wrong, () => mock.run(wrong, () => send(`${mock.url}/petz`, 'GET')))
    concurrent(`${name} runs beside others without run`, () => send(`${mock.url}/pet/1`, 'GET'))
  }
}
