import * as mock from 'inboxes-mock'
import * as contract from 'inboxes-mock/contract'
import * as testing from 'inboxes-mock/testing'
import { USES } from './use.cjs'

for (const use of Object.values(USES)) await use({ ...mock, ...contract, ...testing }, process.argv[2])
