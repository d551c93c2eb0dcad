import { expect, test } from '@jest/globals'
import { findLoss } from '../http/answers/compare.ts'
import { createHabits, isSameName } from './habits.ts'

const user = (email: string) => ({ email })

test('a text in small letters is a habit while it is always so', () => {
  const habits = createHabits()
  expect(findLoss(user('Ada@x'), user('ada@x'), habits.toleranceFor('user'))).toBeUndefined()
  const [deviation] = habits.take()
  expect(deviation).toMatchObject({ at: '/email', habit: 'letter case of user /email' })
  expect(habits.isConsistent(deviation?.habit ?? '')).toBe(true)
  findLoss(user('Bob@x'), user('Bob@x'), habits.toleranceFor('user'))
  expect(habits.isConsistent(deviation?.habit ?? '')).toBe(false)
})

test('an id that was taken at the creation may stay at an update, and another one may not come', () => {
  const habits = createHabits()
  const tolerance = habits.toleranceFor('user')
  expect(findLoss({ id: 5 }, { id: 5 }, tolerance)).toBeUndefined()
  expect(findLoss({ id: 7 }, { id: 5 }, tolerance)).toBeUndefined()
  expect(findLoss({ id: 8 }, { id: 9 }, tolerance)).toBeUndefined()
  const [stays, other] = habits.take()
  expect([stays?.habit, habits.isConsistent(stays?.habit ?? '')]).toEqual(['first value of user /id', true])
  expect([other?.habit, habits.isConsistent(other?.habit ?? '')]).toEqual(['own value of user /id', false])
})

test('a text without capitals tells nothing of letter case', () => {
  const habits = createHabits()
  findLoss(user('Ada@x'), user('ada@x'), habits.toleranceFor('user'))
  findLoss(user('bob@x'), user('bob@x'), habits.toleranceFor('user'))
  expect(habits.isConsistent('letter case of user /email')).toBe(true)
})

test.each([
  ['capitals of ASCII alone', 'A\u0130\u00dcB@x', 'a\u0130\u00dcb@x', 'letter case of user /email'],
  [
    'capitals, each by itself',
    'A\u0130\u1e9e\u03a3 \u03a3\u03c2@x',
    'ai\u00df\u03c3 \u03c3\u03c2@x',
    'letter case of user /email',
  ],
  ['capitals that are folded', 'Stra\u00dfe\u03a3\u03c2@x', 'strasse\u03c3\u03c3@x', 'letter case of user /email'],
  ['blanks of ASCII alone', '\u00a0 a@x \t', '\u00a0 a@x', 'blanks around of user /email'],
  ['control characters and blanks', '\0\t a@x\u0001', 'a@x', 'blanks around of user /email'],
])('%s may be changed', (_what, sent, shown, habit) => {
  const habits = createHabits()
  expect(findLoss(user(sent), user(shown), habits.toleranceFor('user'))).toBeUndefined()
  expect(habits.take().map((deviation) => deviation.habit)).toEqual([habit])
  expect(habits.isConsistent(habit)).toBe(true)
})

test.each<[string, object, object]>([
  ['another letter case of a first name', { firstName: 'Ada' }, { firstName: 'ada' }],
  ['another text', { email: 'ada@x' }, { email: 'bob@x' }],
  ['blanks inside a text', { firstName: 'a  b' }, { firstName: 'a b' }],
  ['a text that is cut', { firstName: 'long' }, { firstName: 'lon' }],
])('%s is a change', (_what, sent, shown) => {
  expect(findLoss(sent, shown, createHabits().toleranceFor('user'))).toBeDefined()
})

test('blanks, normal form and letter case may come together', () => {
  const habits = createHabits()
  const tolerance = habits.toleranceFor('user')
  expect(findLoss({ email: ' Zoe\u0308@X ' }, { email: 'zo\u00eb@x' }, tolerance)).toBeUndefined()
  expect(habits.take().map(({ habit }) => habit)).toEqual([
    'letter case of user /email',
    'blanks around of user /email',
    'NFC of user /email',
  ])
})

test.each<[string, 'user' | 'order', string, readonly (readonly [sent: unknown, shown: unknown])[], boolean]>([
  [
    'an id that is always another',
    'user',
    'id',
    [
      [1, 901],
      [2, 902],
    ],
    true,
  ],
  [
    'an id that is sometimes kept',
    'user',
    'id',
    [
      [1, 1],
      [2, 902],
    ],
    false,
  ],
  [
    'a status that is always the same',
    'order',
    'status',
    [
      ['validated', 'validated'],
      ['missing validation', 'validated'],
    ],
    true,
  ],
  [
    'a status of which both values were kept',
    'order',
    'status',
    [
      ['a', 'a'],
      ['b', 'b'],
      ['a', 'b'],
    ],
    false,
  ],
])('%s', (_what, kind, field, turns, isConsistent) => {
  const habits = createHabits()
  for (const [sent, shown] of turns) findLoss({ [field]: sent }, { [field]: shown }, habits.toleranceFor(kind))
  expect(habits.isConsistent(`own value of ${kind} /${field}`)).toBe(isConsistent)
})

test('names are the same but for letter case, blanks and normal form', () => {
  expect([isSameName(' Zoë', 'zoe\u0308'), isSameName('Zoë', 'Zoe'), isSameName('a', undefined)]).toEqual([
    true,
    false,
    false,
  ])
})
