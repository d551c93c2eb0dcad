import { expect, test } from '@jest/globals'
import { NO_CHANGES, withChanges } from './changes.ts'

test('changes are counted', () => {
  expect(withChanges(NO_CHANGES, new Set(['state']))).toEqual({ ...NO_CHANGES, state: 1 })
})
