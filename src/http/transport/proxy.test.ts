import { expect, test } from '@jest/globals'
import { proxyFor } from './proxy.ts'

const PROXIES = { http: 'one.example:3128', https: 'https://two.example' }

test.each([
  ['http://live.example/v2', {}, 'http://one.example:3128/'],
  ['https://live.example/v2', {}, 'https://two.example/'],
  ['https://live.example/v2', { none: 'localhost, live.example' }, undefined],
  ['https://api.live.example/v2', { none: '.live.example' }, undefined],
  ['https://api.live.example/v2', { none: 'other.example' }, 'https://two.example/'],
  ['http://10.1.2.3:81/v2', { none: '10.0.0.0/8' }, undefined],
  ['http://10.1.2.3:81/v2', { none: '10.1.2.3:80' }, 'http://one.example:3128/'],
  ['http://live.example/v2', { none: '*' }, undefined],
])('%s with %j goes through %s', (target, further, expected) => {
  expect(proxyFor(new URL(target), { ...PROXIES, ...further })?.toString()).toBe(expected)
})

test.each([
  ['http', 'ftp://one.example', '--http-proxy or HTTP_PROXY'],
  ['https', 'http://[', '--https-proxy or HTTPS_PROXY'],
])('a proxy to %s URLs that is %s is told with its flag and its variable', (scheme, proxy, names) => {
  expect(proxyFor(new URL(`${scheme}://live.example`), { [scheme]: proxy })).toBe(
    `The proxy to ${scheme} URLs must be an http or https URL. Correct ${names}.`,
  )
})
