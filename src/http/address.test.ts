import { BlockList, isIP } from 'node:net'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isLoopbackAddress, isLoopbackHost, urlHost } from './address.ts'

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
  ['0:0:0:0:0:0:0:1', true],
  ['0000::0001', true],
  ['::ffff:7f08:102', true],
  ['::FFFF:7F00:1', true],
  ['::ffff:8000:1', false],
  ['::127.0.0.1', false],
  ['1::1', false],
  ['::1::1', false],
  ['127.0.0.256', false],
  ['127.0.0.1.example', false],
  ['localhost', false],
  ['', false],
])('isLoopbackAddress of %s is %p', (address, loopback) => {
  expect(isLoopbackAddress(address)).toBe(loopback)
})

test('isLoopbackAddress finds the same as Node', () => {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  const part = fc.constantFrom('', '0', '1', '7f00', 'ffff', '127.0.0.1', '128.0.0.1', '7f')
  const anyText = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join(':')),
  )
  fc.assert(
    fc.property(anyText, (text) => {
      const family = isIP(text)
      const expected = family !== 0 && loopback.check(text, family === 6 ? 'ipv6' : 'ipv4')
      expect(isLoopbackAddress(text)).toBe(expected)
    }),
    { numRuns: 5_000 },
  )
})

test.each([
  ['localhost', true],
  ['LocalHost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['[::ffff:7f00:1]', true],
  ['::1', false],
  ['[127.0.0.1]', false],
  ['[localhost]', false],
  ['localhost.example', false],
  ['127.0.0.1.example', false],
  ['192.168.1.2', false],
  ['', false],
])('isLoopbackHost of %s is %p', (host, loopback) => {
  expect(isLoopbackHost(host)).toBe(loopback)
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
