const { USES } = require('./use.cjs')

const all = { ...require('inboxes-mock'), ...require('inboxes-mock/contract'), ...require('inboxes-mock/testing') }

async function main() {
  for (const use of Object.values(USES)) await use(all, process.argv[2])
}

main()
