import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { REDACTION } from '../../http/redaction/redaction.ts'
import type { Started } from '../commands/started.ts'
import type { Config } from '../options/read-command.ts'
import { jsonMessages, textMessages } from './messages.ts'

const config: Config = {
  port: 0,
  host: '127.0.0.1',
  seed: 7,
  apiKeys: ['special-key', 'other'],
  pets: 10,
  pack: 'default',
  save: false,
  sessionTtl: 3_600_000,
  maxSessions: 1000,
  delay: 0,
  latency: false,
  adminOrigins: [],
  open: false,
  ui: true,
  upstreamMode: 'read',
  pass: [],
  mock: [],
  strictUpstream: false,
  upstreamTimeoutMs: 10_000,
  upstreamBytes: 10_485_760,
  keep: [],
  quiet: false,
  verbose: false,
  json: false,
}
const running: Started = {
  pets: 3,
  firstPet: 2,
  url: 'http://127.0.0.1:4010/v2',
  port: 4010,
  exposed: false,
  close: async () => {},
  isSaved: () => true,
}
const messages = textMessages((_colour, text) => text, REDACTION)

test('textMessages is ready with the url first, then a curl, the key and what to open and to wait for', () => {
  expect(messages.ready(running, config, 1).split('\n')).toEqual([
    'inboxes-mock ready at http://127.0.0.1:4010/v2',
    'Try: curl -H "api_key: special-key" http://127.0.0.1:4010/v2/pet/2',
    'API key: special-key',
    'In a browser: http://127.0.0.1:4010/   To wait for a start: http://127.0.0.1:4010/__admin/ready',
  ])
})

test('textMessages is ready with the url alone when quiet', () => {
  expect(messages.ready(running, { ...config, quiet: true }, 1)).toBe('inboxes-mock ready at http://127.0.0.1:4010/v2')
})

test('textMessages hints at the inventory if there are no pets', () => {
  const { firstPet, ...none } = running
  expect(messages.ready(none, config, 1)).toContain('/v2/store/inventory\n')
})

test.each(['special-key', 'a"b', "a'b", '$HOME', 'a`id`b', 'a!b\\c'])(
  'textMessages quotes the key %s for a shell',
  (key) => {
    const [, hint = ''] = messages.ready(running, { ...config, apiKeys: [key] }, 1).split('\n')
    const command = hint.replace('Try: curl', 'printf "%s\\n"')
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(
      `-H\napi_key: ${key}\n${running.url}/pet/2\n`,
    )
  },
)

test('jsonMessages is ready in one object', () => {
  expect(JSON.parse(jsonMessages(REDACTION).ready(running, config, 42))).toEqual({
    event: 'ready',
    url: 'http://127.0.0.1:4010/v2',
    port: 4010,
    seed: 7,
    pets: 3,
    pid: 42,
  })
})

test('a warning and a failure are one line', () => {
  expect([messages.warning('a\nb'), messages.failure('a\nb')]).toEqual(['a\\u{a}b', 'a\\u{a}b'])
  expect(JSON.parse(jsonMessages(REDACTION).warning('a\nb'))).toEqual({ event: 'warning', message: 'a\nb' })
  expect(JSON.parse(jsonMessages(REDACTION).failure('a\nb'))).toEqual({ event: 'error', message: 'a\nb' })
})
