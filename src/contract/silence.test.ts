import { expect, test } from '@jest/globals'
import { failed, type Sent } from '../http/transport/transport.ts'
import { createMock } from '../index.ts'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import type { ContractOptions } from './contract-options.ts'
import type { Request } from './interaction.ts'
import { runContract } from './run-contract.ts'
import { RunEnded } from './run-ended.ts'
import { createSilence } from './silence.ts'

const requestTo = (path: string, method = 'GET'): Request => ({ method, path, headers: {} })
const ANSWERED: Sent = { answer: { status: 200, headers: {}, bytes: Buffer.alloc(0) }, failure: '', code: '' }
const SILENT = failed('no answer within 50 ms', 'TIMEOUT')

/** Sees one request that was answered, then as many without an answer. */
async function seesSilent(count: number, again: Sent, method = 'GET'): Promise<string[]> {
  const asked: string[] = []
  const silence = createSilence(async ({ path }) => {
    asked.push(path)
    return again
  })
  await silence.saw(requestTo('/answered?a=secret', method), ANSWERED)
  for (let at = 1; at <= count; at++) await silence.saw(requestTo(`/silent${at}?a=secret`), SILENT)
  return asked
}

test('the fifth request in a row without an answer has one sent again that was answered', async () => {
  expect(await seesSilent(4, SILENT)).toEqual([])
  expect(await seesSilent(5, ANSWERED)).toEqual(['/answered?a=secret'])
  expect(await seesSilent(5, SILENT, 'POST')).toEqual([])
})

test('if that has no answer either, the run ends, and the first request is named without its query', async () => {
  await expect(seesSilent(5, SILENT)).rejects.toThrow(RunEnded)
  await expect(seesSilent(5, SILENT)).rejects.toThrow(
    /^The server answers no more since GET \/silent1 \(no answer within/,
  )
})

const run = (fetch: ContractOptions['fetch']) =>
  runContract({
    ...{ document: loadDocument(pathOf('openapi.yaml')), baseUrl: 'http://127.0.0.1:4010/v2', apiKey: 'special-key' },
    ...{ mode: 'full', depth: 'quick', seed: 1, timeoutMs: 50, now: Date.now, ...(fetch && { fetch }) },
  })

test('a run on a server that stops to answer ends soon, with that as its only failure', async () => {
  const mock = createMock()
  let asked = 0
  const report = await run((...sent) => (++asked > 200 ? new Promise(() => {}) : mock.fetch(...sent)))
  expect(report).toMatchObject({ verdict: 'fails', problem: expect.stringContaining('answers no more since') })
  expect(report.findings.filter(({ level }) => level === 'failure').map(({ check }) => check)).toEqual(['answered'])
  expect(report.requests).toBeLessThan(210)
})
