import { expect, test } from '@jest/globals'
import { CleanupLogError, parseCleanupLog } from './parse-cleanup-log.ts'

const TARGET = '{"target":"https://staging.example/v2"}'
const parse = (...lines: string[]) => parseCleanupLog(lines.join('\n'), 'run.journal')

test('all kinds of lines are read, and a last line that was cut is left out', () => {
  const lines = [
    { target: 'https://staging.example/v2' },
    { writing: 'an order ({})' },
    { written: 'an order ({})' },
    { remove: '/store/order/7' },
    { remove: '/user/ct%2Fada' },
    { removed: '/user/ct%2Fada' },
    { leftover: 'a domain ({})' },
  ]
  const texts = lines.map((line) => JSON.stringify(line))
  expect(parse(...texts, '')).toEqual(lines)
  expect(parse(...texts, '{"remove":"/us')).toEqual(lines)
  expect(parse(...texts)).toEqual(lines)
})

test.each([
  [[], 'its first line names no server'],
  [['null', ''], 'its first line names no server'],
  [['{"name":"my-project"}', ''], 'its first line names no server'],
  [['{"target":"x","version":1}', ''], 'line 1 is none of a clean-up log'],
  [['{"remove":"/user/a"}', ''], 'its first line names no server'],
  [[TARGET, '', '{"remove":"/user/a"}', ''], 'line 2 is none of a clean-up log: no JSON'],
  [[TARGET, '{"remove":7}', ''], 'line 2 is none of a clean-up log: {"remove":7}'],
  [[TARGET, '{"remove":"/pet/1"}', ''], 'line 2 is none of a clean-up log'],
  [[TARGET, '{"remove":"/user/a/../../pet/1"}', ''], 'line 2 is none of a clean-up log'],
  [[TARGET, '{"remove":"/user/a","more":1}', ''], 'line 2 is none of a clean-up log'],
  [[TARGET, '{"toString":"x"}', ''], 'line 2 is none of a clean-up log'],
  [[TARGET, '[]'], 'line 2 is none of a clean-up log'],
])('%j is no clean-up log', (lines, message) => {
  expect(() => parse(...lines)).toThrow(CleanupLogError)
  expect(() => parse(...lines)).toThrow(message)
})
