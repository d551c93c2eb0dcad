import { expect, test } from '@jest/globals'
import { inSession, linkTo, readRoute } from './route.ts'

test.each([
  ['', { view: 'requests', rest: [] }],
  ['#/', { view: 'requests', rest: [] }],
  ['#/nowhere/1', { view: 'requests', rest: [] }],
  ['#/requests/42', { view: 'requests', rest: ['42'] }],
  ['#/state/pets/7', { view: 'state', rest: ['pets', '7'] }],
  ['#/state/users/a%2Fb%20%25', { view: 'state', rest: ['users', 'a/b %'] }],
  ['#/state/pets/7?session=a.b', { view: 'state', rest: ['pets', '7'], session: 'a.b' }],
  ['#/nowhere?session=a', { view: 'requests', rest: [], session: 'a' }],
  ['#/state?session=a%20b', { view: 'state', rest: [] }],
  ['#/state?session=', { view: 'state', rest: [] }],
  ['#/state/users/%', { view: 'state', rest: ['users', '%'] }],
])('%j is read', (hash, route) => {
  expect(readRoute(hash)).toEqual(route)
})

test.each(['7', 'a/b', 'x#y?z', '%41', '<script>', '\u202eabc'])('a link leads to the record of key %j', (key) => {
  expect(readRoute(linkTo('state', 'users', key))).toEqual({ view: 'state', rest: ['users', key] })
})

test.each([
  ['#/state/pets/7', 'a', '#/state/pets/7?session=a'],
  ['#/state/pets/7?session=b', 'a', '#/state/pets/7?session=a'],
  ['#/state/pets/7?session=b', 'default', '#/state/pets/7'],
  ['', 'a', '#/requests?session=a'],
  ['', 'default', ''],
])('%j in session %s is %j', (hash, session, expected) => {
  expect(inSession(hash, session)).toBe(expected)
})
