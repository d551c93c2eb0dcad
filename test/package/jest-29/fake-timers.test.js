const { USES } = require('./use.cjs')
const all = { ...require('inboxes-mock'), ...require('inboxes-mock/contract'), ...require('inboxes-mock/testing') }

test.each(['both media types, both ways', 'the control plane', 'a session of a mock for tests'])(
  '%s, with timers that were fake before the mock was loaded',
  (name) => USES[name](all, __dirname),
)
