import { expect, test } from '@jest/globals'
import { createMock } from '../../index.ts'
import { parseProfile } from '../files/read-profile.ts'

test('a profile changes the status of a missing key, and the document says so as observed', async () => {
  const { fetch, defects } = createMock({ profile: { version: 1, key: { status: 403 } } })
  const refused = await fetch('/v2/store/inventory')
  expect([refused.status, await refused.json()]).toMatchObject([403, { status: 403, title: 'Forbidden' }])
  const document = Object(await (await fetch('/openapi.json')).json())
  const { responses } = document.paths['/store/inventory'].get
  expect(responses['403']).toMatchObject({ 'x-observed': true })
  expect(responses['401']).toBeUndefined()
  expect(defects).toEqual([])
})

test.each([
  ['an unknown member', '{\n  "version": 1,\n  "keys": {}\n}', 'staging.json, line 3: /keys is no member of a profile'],
  [
    'a status that refuses nothing',
    '{ "version": 1,\n"key": { "status": 200 } }',
    'line 2: /key/status must be >= 400',
  ],
  ['text that is no profile', 'hello', 'staging.json, line 1: the profile must be object'],
])('%s stops the start with pointer and line', (_what, text, message) => {
  expect(() => parseProfile(text, 'staging.json')).toThrow(message)
})
