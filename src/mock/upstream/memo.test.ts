import { expect, test } from '@jest/globals'
import { loadDocument } from '../../openapi/load-document.ts'
import { pathOf } from '../../openapi/package-files.ts'
import type { CheckedAnswer } from './check-answer.ts'
import { emptyStore } from './knowledge.ts'
import { createMemo } from './memo.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const operationOf = (wanted: string) => {
  const operation = document.operations.find(({ id }) => id === wanted)
  if (operation === undefined) throw new Error(`There is no ${wanted}.`)
  return operation
}
const answerOf = (text: string, type = 'application/json') => ({
  status: 200,
  headers: { 'content-type': type },
  bytes: Buffer.from(text),
})
const READ: CheckedAnswer = {
  value: {},
  problems: [],
  bodyBreaches: [],
  headerBreaches: {},
  unknown: [],
  violations: [],
}

test('the same bytes are read once, others and other types anew, and a login each time', () => {
  const memo = createMemo()
  const [pet, login] = [operationOf('getPetById'), operationOf('loginUser')]
  memo.note(pet, '/pet/1', answerOf('{}'), READ)
  memo.note(login, '/user/login', answerOf('""'), READ)
  expect(memo.find(pet, '/pet/1', answerOf('{}'))).toBe(READ)
  expect(memo.find(pet, '/pet/1', answerOf('{ }'))).toBeUndefined()
  expect(memo.find(pet, '/pet/1', answerOf('{}', 'text/html'))).toBeUndefined()
  expect(memo.find(pet, '/pet/2', answerOf('{}'))).toBeUndefined()
  expect(memo.find(login, '/user/login', answerOf('""'))).toBeUndefined()
})

test('an answer is kept again as soon as a store has changed', () => {
  const memo = createMemo()
  const store = emptyStore()
  let kept = 0
  const keep = () => memo.keep([store], READ, () => ++kept)
  expect([keep(), keep()]).toEqual([1, 1])
  store.pets.put({ id: 1, name: 'rex', photoUrls: [] })
  expect([keep(), keep()]).toEqual([2, 2])
  store.pets.delete(1)
  expect(keep()).toBe(3)
  expect(memo.keep([emptyStore()], READ, () => 'another session')).toBe('another session')
})
