import { once } from 'node:events'
import { afterEach, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { spawnCli } from '../../src/cli/process.test.support.ts'
import { createMock, type MockOptions } from '../../src/index.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { type AnyRequest, anyRequest, createClient } from './any-request.test.support.ts'
import { undocumented } from './documented.test.support.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function startMock(options?: MockOptions) {
  const mock = createMock(options)
  const { port, close } = await mock.listen()
  const client = createClient(port)
  cleanUps.push(client.close, close)
  return { mock, ask: client.send }
}

test('any request at all gets a documented answer and no 5xx', async () => {
  const { mock, ask } = await startMock()
  const met = new Set<number>()
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const answer = await ask(request)
      met.add(answer.status)
      expect([answer.status < 500, await undocumented(document, request, answer)]).toEqual([true, []])
    }),
    { numRuns: 2_000 },
  )
  expect(mock.defects).toEqual([])
  expect([...met]).toEqual(expect.arrayContaining([200, 204, 400, 401, 404, 405, 406, 415]))
})

test('a rejected request changes nothing', async () => {
  const { mock, ask } = await startMock()
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      const before = mock.store.export()
      const { status } = await ask(request)
      if (status >= 400) expect(mock.store.export()).toEqual(before)
    }),
    { numRuns: 500 },
  )
})

test('the same seed and the same requests give the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(anyRequest, { maxLength: 20 }), async (seed, requests) => {
      const [one, two] = [await startMock({ seed }), await startMock({ seed })]
      expect(await inTurn(requests, two.ask)).toEqual(await inTurn(requests, one.ask))
    }),
    { numRuns: 15 },
  )
})

test('the same seed and the same requests give the same bytes in another process', async () => {
  const requests = fc.sample(anyRequest, { numRuns: 50, seed: 7 })
  const { ask } = await startMock({ seed: 7, pets: 20 })
  const cli = spawnCli(['--port', '0', '--seed', '7', '--pets', '20', '--json', '--quiet'])
  cleanUps.push(async () => {
    cli.child.kill('SIGKILL')
    await once(cli.child, 'close')
  })
  const client = createClient(JSON.parse(await cli.firstLine()).port)
  cleanUps.unshift(client.close)
  expect(await inTurn(requests, client.send)).toEqual(await inTurn(requests, ask))
})

async function inTurn<T>(requests: readonly AnyRequest[], ask: (request: AnyRequest) => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  for (const request of requests) answers.push(await ask(request))
  return answers
}
