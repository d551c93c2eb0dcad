const { mkdtempSync } = require('node:fs')
const { join } = require('node:path')
const { USES } = require('../use.cjs')

/** What jest's environment of jsdom does not have, for tests of pages that import the mock. */
const MISSING = ['TextDecoder', 'TextEncoder', 'fetch', 'Request', 'Response', 'setImmediate', 'clearImmediate']
for (const name of MISSING) delete globalThis[name]

test.each(Object.keys(USES))('%s', (name) =>
  USES[name](require('inboxes-mock'), require('inboxes-mock/contract'), mkdtempSync(join(__dirname, 'folder-'))),
)
