import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { repositoryPath } from './repository-path.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  mkdirSync(join(folder, 'repository/.git'), { recursive: true })
  mkdirSync(join(folder, 'repository/packages/api'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['a file of a repository, from its root', 'repository/packages', 'api/openapi.yaml', 'packages/api/openapi.yaml'],
  ['a file above the working directory', 'repository/packages/api', '../../openapi.yaml', 'openapi.yaml'],
  ['a file in no repository, from the working directory', '.', 'openapi.yaml', 'openapi.yaml'],
  ['a file in no repository and outside the working directory', 'repository', '../openapi.yaml', undefined],
])('%s', (_what, from, file, expected) => {
  expect(repositoryPath(file, join(folder, from))).toBe(expected)
})
