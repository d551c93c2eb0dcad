// A busy machine is no reason to fail.
jest.setTimeout(60_000)

const { mkdtempSync } = require('node:fs')
const { join } = require('node:path')
const { USES } = require('./use.cjs')

const all = { ...require('inboxes-mock'), ...require('inboxes-mock/contract'), ...require('inboxes-mock/testing') }

test.each(Object.keys(USES))('%s', (name) => USES[name](all, mkdtempSync(join(__dirname, 'folder-'))))

test('a request without a socket says what is missing', async () => {
  await expect(all.createMock().fetch('/v2/pet/1')).rejects.toThrow(
    'mock.fetch needs the globals Request and Response, which this environment does not have. Use mock.listen() in it.',
  )
})
