import { expect, test } from '@jest/globals'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import { seenOf } from '../ways/seen.test.support.ts'
import type { Seen } from '../ways/seen.ts'
import { adoptedPart } from './adopted-part.ts'
import { findChanges } from './find-changes.ts'

const document = loadDocument(pathOf('openapi.yaml'))

/** Refusals of a mock, and of a server that answers the second with another status or kind of body. */
function changesOf(one: Partial<Seen>, live: readonly Partial<Seen>[]) {
  const answers = (parts: readonly Partial<Seen>[]) =>
    parts.map((part, index) => seenOf({ ...one, about: `request ${index}`, ...part }))
  const pairs = { mock: answers(live.map(() => ({}))), live: answers(live), asked: live.length, notAsked: 0 }
  return findChanges(pairs, document).changes.map((found) => ({
    way: found.way.id,
    cases: found.change.seen.length,
    of: found.change.of,
    isAdopted: typeof adoptedPart(found, document) === 'object',
  }))
}

const MISSING = { operation: 'deletePet', method: 'DELETE', status: 404, expectation: 'missing', success: '' }
const PROBLEM = { ...MISSING, mediaType: 'application/problem+json' }

test('a kind of refusals is adopted if all of them are of it', () => {
  const html = { mediaType: 'text/html' }
  const [all] = changesOf(PROBLEM, [html, html, html])
  expect(all).toEqual({ way: 'error-body', cases: 3, of: undefined, isAdopted: true })
  const [some] = changesOf(PROBLEM, [html, {}, {}])
  expect(some).toEqual({ way: 'error-body', cases: 1, of: 3, isAdopted: false })
})

test('a status of missing records is adopted for an operation that always gives it, whatever other operations do', () => {
  const order = { ...MISSING, operation: 'deleteOrder' }
  const [all] = changesOf(order, [{ status: 400 }, { status: 400 }, { operation: 'deletePet' }])
  expect(all).toEqual({ way: 'missing-record', cases: 2, of: undefined, isAdopted: true })
  const [some] = changesOf(order, [{ status: 400 }, {}, { operation: 'deletePet' }])
  expect(some).toEqual({ way: 'missing-record', cases: 1, of: 2, isAdopted: false })
})
