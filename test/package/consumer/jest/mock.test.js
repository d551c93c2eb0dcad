// A busy machine is no reason to fail.
jest.setTimeout(60_000)

const { mkdtempSync } = require('node:fs')
const { join } = require('node:path')
const { USES } = require('../use.cjs')

/** What jest's environment of jsdom does not have, for tests of pages that import the mock. */
const MISSING = ['TextDecoder', 'TextEncoder', 'fetch', 'Request', 'Response', 'setImmediate', 'clearImmediate']
for (const name of MISSING) delete globalThis[name]

const all = { ...require('inboxes-mock'), ...require('inboxes-mock/contract'), ...require('inboxes-mock/testing') }

test.each(Object.keys(USES))('%s', (name) => USES[name](all, mkdtempSync(join(__dirname, 'folder-'))))
