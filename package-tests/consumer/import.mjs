import * as mock from 'inboxes-mock'
import * as contract from 'inboxes-mock/contract'
import { USES } from './use.cjs'

for (const use of Object.values(USES)) await use(mock, contract, process.argv[2])
