import { expect, test } from '@jest/globals'
import { isLoopback, urlHost } from './address.ts'

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['128.0.0.1', false],
  ['192.168.1.2', false],
  ['fe80::1', false],
])('isLoopback of %s is %p', (address, loopback) => {
  expect(isLoopback(address)).toBe(loopback)
})

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['::1', '[::1]'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '[::1]'],
])('urlHost of %s is %s', (host, shown) => {
  expect(urlHost(host)).toBe(shown)
})
