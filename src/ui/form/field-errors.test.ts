import { expect, test } from '@jest/globals'
import { asItCame, placeErrors, ruleOf, sentenceOf } from './field-errors.ts'

const violation = (pointer: string) => ({ pointer, expected: 'a string (openapi.yaml, line 7)' })
const SHOWN = new Set(['', '/name', '/steps', '/steps/0', '/steps/0/body'])

test.each([
  ['/body/name', '/name'],
  ['/body/steps/0/body/deep/er', '/steps/0/body'],
  ['/body/steps/3', '/steps'],
])('a violation at %s stands at the field %s', (pointer, field) => {
  const { atFields, elsewhere } = placeErrors([violation(pointer)], SHOWN)
  expect([...atFields.keys()]).toEqual([field])
  expect(elsewhere).toEqual([])
})

test.each(['/body', '/body/unknown', '/path/key', '/headers/origin'])(
  'a violation at %s stands above the form',
  (pointer) => {
    const { atFields, elsewhere } = placeErrors([violation(pointer)], SHOWN)
    expect([atFields.size, elsewhere.length]).toEqual([0, 1])
  },
)

test('a violation is a sentence, and its rule stands apart', () => {
  const whole = { ...violation('/body/name'), received: 7, suggestion: 'seven' }
  expect(sentenceOf(whole)).toBe('Expected a string, not 7. Did you mean seven?')
  expect(ruleOf(whole)).toBe('openapi.yaml, line 7')
  expect(ruleOf({ pointer: '', expected: 'a number' })).toBeUndefined()
})

test('a part of an answer of a live server is a text that is written already', () => {
  const told = (received: unknown) => sentenceOf({ expected: 'a string', received }, asItCame)
  expect([told('"a"'), told('7'), told(406)]).toEqual([
    'Expected a string, not "a".',
    'Expected a string, not 7.',
    'Expected a string, not 406.',
  ])
})

test('a value of a megabyte does not fill the page', () => {
  expect(sentenceOf({ ...violation(''), received: 'x'.repeat(1_000_000) }).length).toBeLessThan(300)
})
