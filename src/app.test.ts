import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createApp } from './app.ts'
import { pathOf } from './package-files.ts'

test('an operation without a handler stops the start, and is named with the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  const document = join(folder, 'openapi.yaml')
  writeFileSync(
    document,
    readFileSync(pathOf('openapi.yaml'), 'utf8').replace('operationId: getPetById', 'operationId: readPet'),
  )
  expect(() => createApp({ document })).toThrow(
    'operation readPet has no handler. Add one to src/operations, beside those of pet.',
  )
  rmSync(folder, { recursive: true })
})
