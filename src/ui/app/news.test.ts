import { expect, test } from '@jest/globals'
import { ALL } from './changes.ts'
import { readNews } from './news.ts'

const event = (name: string, data: object) => ({ id: '1', event: name, data: JSON.stringify(data) })

test('only events of the session that is shown count, but for those of sessions', () => {
  const events = [
    event('state', { session: 'other' }),
    event('clock', { session: 'mine' }),
    event('session', { session: 'other' }),
  ]
  expect([...readNews(events, 'mine').kinds].sort()).toEqual(['clock', 'session'])
})

test('a gap may hide any change, and one of the rate requests alone', () => {
  expect(readNews([event('gap', { reason: 'unknown-id' })], 'mine')).toMatchObject({ kinds: ALL, isLost: true })
  const { kinds, isLost } = readNews([event('gap', { reason: 'rate', missed: 7 })], 'mine')
  expect([[...kinds], isLost]).toEqual([['request'], false])
})

test('requests of all sessions are told, and those that came too fast are counted', () => {
  const gap = (data: object) => event('gap', data)
  const request = (session: string, reason?: string) => event('request', { session, id: 1, reason })
  const news = readNews(
    [
      gap({ reason: 'rate', missed: 40 }),
      request('mine'),
      request('other', 'paused'),
      gap({ reason: 'rate', missed: 2 }),
    ],
    'mine',
  )
  expect(news.requests).toEqual([
    { session: 'mine', id: 1 },
    { session: 'other', id: 1, reason: 'paused' },
  ])
  expect(news.missed).toBe(42)
})
