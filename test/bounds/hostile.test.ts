import { afterEach, expect, test } from '@jest/globals'
import { createMock } from '../../src/index.ts'
import { expectSteadyGrowth } from './growth.test.support.ts'
import { BODIES, HEADS, type Hostile } from './hostile.test.support.ts'

const mock = createMock()
afterEach(() => mock.reset())

function requestOf({ method, path, type, header, make }: Hostile, size: number): [string, RequestInit] {
  const text = make(size)
  const target = header === 'target' ? path + text : path
  const headers = {
    api_key: 'special-key',
    ...(type !== undefined && { 'Content-Type': type }),
    ...(header !== undefined && header !== 'target' && { [header]: text }),
  }
  return [target, { method, headers, ...(header === undefined && { body: text }) }]
}

test.each([...BODIES, ...HEADS])('$name: twice as much takes at most 2.5 times as long', async (hostile) => {
  await expectSteadyGrowth((size) => {
    mock.reset()
    const [target, init] = requestOf(hostile, size)
    return async () => expect((await mock.fetch(target, init)).status).not.toBe(500)
  })
})
