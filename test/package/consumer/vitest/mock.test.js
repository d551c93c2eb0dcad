import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import * as mock from 'inboxes-mock'
import * as contract from 'inboxes-mock/contract'
import * as testing from 'inboxes-mock/testing'
import { test } from 'vitest'
import { USES } from '../use.cjs'

test.each(Object.keys(USES))('%s', { timeout: 60_000 }, (name) =>
  USES[name]({ ...mock, ...contract, ...testing }, mkdtempSync(join(import.meta.dirname, 'folder-'))),
)
