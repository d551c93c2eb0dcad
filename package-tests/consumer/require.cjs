const { USES } = require('./use.cjs')

async function main() {
  for (const use of Object.values(USES))
    await use(require('inboxes-mock'), require('inboxes-mock/contract'), process.argv[2])
}

main()
