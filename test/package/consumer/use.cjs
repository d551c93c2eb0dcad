const assert = require('node:assert/strict')
const { readFileSync, writeFileSync } = require('node:fs')
const http = require('node:http')
const { dirname, join } = require('node:path')

/** One request by node:http, which every place that a test runs in has. Resolves with the status and the body as text. */
function ask(url, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers: { api_key: 'special-key', ...headers } }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    request.on('error', reject).end(body)
  })
}

/** Serves a mock while `work` runs, and finds no defect in it. */
async function withMock(createMock, options, work) {
  const mock = createMock(options)
  const { url, close } = await mock.listen()
  try {
    await work(url, mock)
    assert.deepEqual(mock.defects, [])
  } finally {
    await close()
  }
}

const json = { 'Content-Type': 'application/json' }
const XML = '<Pet><id>1</id><name>Zoë</name><photoUrls>a</photoUrls></Pet>'
const PART = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc\r\n--x--\r\n'

/** Each gets all that the package exports, and a folder of its own. What is loaded only when it is asked for (the validator, YAML, reports) stands in files of its own: each is asked for. */
const USES = {
  'both media types, both ways': ({ createMock }) =>
    withMock(createMock, {}, async (url, { store }) => {
      assert.deepEqual(JSON.parse((await ask(`${url}/pet/1`)).text), store.pets.get(1))
      const put = await ask(`${url}/domain`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/xml' },
        body: XML,
      })
      assert.equal(put.status, 200)
      assert.match((await ask(`${url}/pet/1`, { headers: { Accept: 'application/xml' } })).text, /<name>Zoë<\/name>/)
      const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' }
      assert.equal(
        (await ask(`${url}/pet/1/uploadImage`, { method: 'POST', headers: multipart, body: PART })).status,
        200,
      )
    }),
  'a refusal says where': ({ createMock }) =>
    withMock(createMock, {}, async (url) => {
      const { status, text } = await ask(`${url}/user`, { method: 'POST', headers: json, body: '{"id":"x"}' })
      assert.equal(status, 400)
      assert.match(text, /"pointer":"\/body\/id"/)
    }),
  'another seed': ({ createMock }) =>
    withMock(createMock, { seed: 7 }, async (url, { store }) => {
      assert.notDeepEqual(store.pets.get(1), createMock().store.pets.get(1))
      assert.equal((await ask(`${url}/pet/1`)).status, 200)
    }),
  'another document': ({ createMock, DocumentError }, folder) => {
    const packaged = join(dirname(require.resolve('inboxes-mock/package.json')), 'openapi.yaml')
    const document = join(folder, 'other.yaml')
    writeFileSync(document, readFileSync(packaged, 'utf8').replaceAll('/v2', '/v3'))
    assert.throws(() => createMock({ document: join(folder, 'missing.yaml') }), DocumentError)
    return withMock(createMock, { document }, async (url) => {
      assert.match(url, /\/v3$/)
      assert.equal((await ask(`${url}/pet/1`)).status, 200)
    })
  },
  'the control plane': ({ createMock }) =>
    withMock(createMock, {}, async (url) => {
      const { text } = await ask(new URL('/__admin/health', url))
      assert.match(text, /"status"/)
      assert.equal(
        (await ask(new URL('/__admin/sessions/a', url), { method: 'PUT', headers: json, body: '{"pack":"bare"}' }))
          .status,
        200,
      )
    }),
  'the contract suite and its reports': ({ createMock, runContract, REPORTS }) =>
    withMock(createMock, {}, async (url) => {
      const report = await runContract({ baseUrl: url, apiKey: 'special-key' })
      assert.deepEqual([report.problem, report.verdict], ['', 'conforms'])
      for (const [format, write] of Object.entries(REPORTS))
        assert.ok(write(report).length > 100 || format === 'github')
    }),
  'a session of a mock for tests': async ({ openMock }) => {
    const mock = await openMock({ pack: 'one' }, {})
    try {
      const session = await mock.open('a test')
      const unwanted = await ask(`${mock.url}/pet/x`, { headers: session.headers })
      assert.equal(unwanted.status, 400)
      assert.match((await session.finish()).problems.join(), /petId/)
    } finally {
      await mock.close()
    }
  },
}

module.exports = { USES }
