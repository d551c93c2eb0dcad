import { expect, test } from '@jest/globals'
import { seenOf } from '../seen.test.support.ts'
import { missingKey } from './missing-key.ts'
import { wrongMethod } from './wrong-method.ts'

const DENIED = seenOf({ expectation: 'unauthorised', about: 'without a key', status: 401 })
/** A server without such a path may refuse it otherwise than a missing key. */
const SPELLED = seenOf({ expectation: 'closed', about: 'without a key, and capitals', status: 403 })
const OTHER_METHOD = seenOf({ expectation: 'closed', about: 'POST without a key', method: 'POST', status: 501 })

test('the refusal of another spelling of a path is none of a missing key', () => {
  expect(missingKey.read([DENIED, SPELLED]).map(({ does }) => does)).toEqual(['401'])
})

test('a method that a path does not have is a wrong one without a key too, unless the key is what is missing', () => {
  const [habit, ...more] = wrongMethod.read([OTHER_METHOD, { ...OTHER_METHOD, status: 403 }])
  expect([habit?.does, habit?.seen, more]).toEqual(['501', [OTHER_METHOD], []])
})
