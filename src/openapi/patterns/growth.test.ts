import { expect, test } from '@jest/globals'
import { growthOf } from './growth.ts'

test.each([
  '^(a+)+$',
  '^(a*)*$',
  '(a|a)*b',
  '^(a|ab|b)*$',
  '^(\\w+\\s?)*$',
  '^([a-z]+-?)+$',
  '^(?:a{1,5})*$',
  '^(.*,)*x$',
  '^((a|b)*)*$',
  '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
])('%s is exponential', (source) => {
  expect(growthOf(source)).toBe('exponential')
})

test.each([
  'a+$',
  '^\\s*(.*?)\\s*$',
  '\\s+$',
  '^a*a*b$',
  'a+b',
  '^(a|b)*c(a|c)*a*d$',
  '.*=.*;',
  '^\\d+\\d+$',
  '<[^>]*>x',
  '(?:x|a+)b',
])('%s is quadratic or worse', (source) => {
  expect(growthOf(source)).toBe('quadratic or worse')
})

test.each([
  '^a+$',
  '^[A-Za-z0-9._~-]{1,128}$',
  '^(a|b)*$',
  '^\\d{4}-\\d{2}-\\d{2}$',
  'a+',
  'a',
  '',
  '^(ab)*$',
  '^(ab?)*$',
  '\\d{16}|\\d[eE][+-]?\\d',
  '^(0|[1-9][0-9]*)$',
  '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$',
  '[&<>\\r]',
  '^[^@]+@[^@]+$',
  '^(?:[^"\\\\]|\\\\.)*$',
  '^(?=x)a+$',
])('%s is linear', (source) => {
  expect(growthOf(source)).toBe('linear')
})

test('a malformed expression is unknown, and so is a very long one', () => {
  expect(growthOf('a)')).toBe('unknown')
  expect(growthOf(`${'a?'.repeat(100)}b*c`)).toBe('unknown')
  expect(growthOf('abc|'.repeat(100))).toBe('linear')
})

/** Steps of a text that does not match: measured, so that the analysis is seen to be right. */
test.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$'])('%s takes twice as long for one or two more characters', (source) => {
  const pattern = new RegExp(source)
  const time = (length: number) => {
    const started = performance.now()
    pattern.test(`${'a'.repeat(length)}b`)
    return performance.now() - started
  }
  const least = (length: number) => Math.min(time(length), time(length), time(length))
  expect(least(20) / least(12)).toBeGreaterThan(4)
  expect(growthOf(source)).toBe('exponential')
})
