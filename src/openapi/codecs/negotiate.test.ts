import { expect, test } from '@jest/globals'
import { negotiate } from './negotiate.ts'

const BOTH = ['application/xml', 'application/json']

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['application/xml', 'application/xml'],
  ['APPLICATION/XML', 'application/xml'],
  ['application/xml, application/json', 'application/json'],
  ['application/json;q=0.5, application/xml', 'application/xml'],
  ['application/json;q=0.5, application/xml;q=0.4', 'application/json'],
  ['application/xml, */*;q=0.1', 'application/xml'],
  ['application/json;q=0, */*', 'application/xml'],
  ['application/json; charset=utf-8', 'application/json'],
  ['text/html, application/xml;q=0.9', 'application/xml'],
  ['nonsense', 'application/json'],
  ['application/xml;q=2, application/json;q=0.5', 'application/json'],
  ['application/xml;q=high', 'application/json'],
  ['application/json;q=0.5, application/xml, nonsense', 'application/xml'],
  ['application/*;q=0.1, application/xml;q=0.5, */*', 'application/xml'],
  ['text/xml', undefined],
  ['text/html', undefined],
  ['application/json;q=0, application/xml;q=0', undefined],
  ['*/*;q=0', undefined],
])('negotiate(%j) gives %j', (accept, agreed) => {
  expect(negotiate(accept, BOTH)).toBe(agreed)
})

test('negotiate gives the only type that is offered', () => {
  expect(negotiate('application/*', ['application/xml'])).toBe('application/xml')
  expect(negotiate('application/xml', ['application/json'])).toBeUndefined()
})
