import { expect, test } from '@jest/globals'
import { loadDocument } from './load-document.ts'
import { createMatcher } from './match.ts'
import { pathOf } from './package-files.ts'

const { operations } = loadDocument(pathOf('openapi.yaml'))
const match = createMatcher(operations)

test.each(operations.map(({ id, method, path }) => [id, method, path.replace(/\{\w+\}/, '1')] as const))(
  'the matcher finds %s',
  (id, method, path) => {
    expect(match(method, path)).toMatchObject({ kind: 'operation', operation: { id } })
  },
)

test.each([
  ['HEAD', '/pet/1', 'getPetById'],
  ['GET', '/user/%6Cogin', 'loginUser'],
  ['GET', '/user/a%2Fb', 'getUserByName'],
])('the matcher takes %s %s for %s', (method, path, id) => {
  expect(match(method, path)).toMatchObject({ kind: 'operation', operation: { id } })
})

test.each(['/', '', '/pet/', '/pet/1/', '/Pet/1', '/user/a/b', '/pet//uploadImage'])(
  'the matcher knows no path %j',
  (path) => {
    expect(match('GET', path)).toEqual({ kind: 'unknown-path' })
  },
)

test('the matcher prefers fixed paths for every method', () => {
  expect(match('DELETE', '/pet/findByStatus')).toEqual({ kind: 'wrong-method', allow: ['GET', 'HEAD', 'OPTIONS'] })
})
