import { expect, test } from '@jest/globals'
import { createStreamParser } from './event-stream.ts'

const EVENT = { id: '7', event: 'request', data: '{"a":1}' }
const TEXT = 'id: 7\nevent: request\ndata: {"a":1}\n\n'

test.each([
  ['line feeds', TEXT],
  ['CR LF', TEXT.replaceAll('\n', '\r\n')],
  ['CR', `${TEXT.replaceAll('\n', '\r')}: next\n`],
  ['no blank after the colon', TEXT.replaceAll(': ', ':').replace('"a":1', '"a":1')],
  ['comments between the lines', TEXT.replaceAll('\n', '\n: heartbeat\n').replace(/: heartbeat\n$/, '')],
  ['fields that it does not know', `retry: 1000\n\n${TEXT}`],
])('an event is read with %s', (_what, text) => {
  expect(createStreamParser()(text)).toEqual([EVENT])
})

test.each([1, 2, 3, 5, 7])('an event is read from pieces of %i characters', (size) => {
  const parse = createStreamParser()
  const text = TEXT.replaceAll('\n', '\r\n').repeat(2)
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_one, at) =>
    text.slice(at * size, (at + 1) * size),
  )
  expect(pieces.flatMap(parse)).toEqual([EVENT, EVENT])
})

test('data of several lines is one text, and an id stays for the events after it', () => {
  expect(createStreamParser()('id: 1\ndata: a\ndata: b\n\ndata: c\n\n')).toEqual([
    { id: '1', event: 'message', data: 'a\nb' },
    { id: '1', event: 'message', data: 'c' },
  ])
})

test('an event without data is none', () => {
  expect(createStreamParser()('id: 1\nevent: request\n\n')).toEqual([])
})
