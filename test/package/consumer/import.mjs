import assert from 'node:assert/strict'
import * as mock from 'inboxes-mock'
import { createMock as createInPage } from 'inboxes-mock/browser'
import * as contract from 'inboxes-mock/contract'
import * as testing from 'inboxes-mock/testing'
import { USES } from './use.cjs'

const { status } = await createInPage().fetch('/v2/pet/1', { headers: { api_key: 'special-key' } })
assert.equal(status, 200)

for (const use of Object.values(USES)) await use({ ...mock, ...contract, ...testing }, process.argv[2])
