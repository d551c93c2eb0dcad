import { expect, test } from '@jest/globals'
import { linkTo, readRoute } from './route.ts'

test.each([
  ['', { view: 'requests', rest: [] }],
  ['#/', { view: 'requests', rest: [] }],
  ['#/nowhere/1', { view: 'requests', rest: [] }],
  ['#/requests/42', { view: 'requests', rest: ['42'] }],
  ['#/state/pets/7', { view: 'state', rest: ['pets', '7'] }],
  ['#/state/users/a%2Fb%20%25', { view: 'state', rest: ['users', 'a/b %'] }],
  ['#/state/users/%', { view: 'state', rest: ['users', '%'] }],
])('%j is read', (hash, route) => {
  expect(readRoute(hash)).toEqual(route)
})

test.each(['7', 'a/b', 'x#y?z', '%41', '<script>', '\u202eabc'])('a link leads to the record of key %j', (key) => {
  expect(readRoute(linkTo('state', 'users', key))).toEqual({ view: 'state', rest: ['users', key] })
})
