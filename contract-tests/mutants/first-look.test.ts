import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { runContract } from '../../src/contract/run-contract.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { FAULTS } from './faults.ts'
import { inProcess } from './in-process.ts'
import { applicationOf } from './start-server.ts'

const document = loadDocument(pathOf('openapi.yaml'))

/** The number of requests up to the one that shows the first failure within a first look; undefined if it shows none. */
async function firstFailureOf(fault: string): Promise<number | undefined> {
  const stop = new AbortController()
  let at: number | undefined
  await runContract({
    ...inProcess(applicationOf({ fault })),
    document,
    apiKey: 'special-key',
    mode: 'full',
    signal: stop.signal,
    onFirstFailure: (requests) => {
      at = requests
      stop.abort()
    },
    progress: (_scenario, done) => done > 0 && stop.abort(),
  })
  return at
}

/** One fault of so many is tried, chosen by its name: another fault in the catalogue changes nothing for the rest. */
const ONE_OF = 4
const isChosen = ({ id }: { readonly id: string }) => (createHash('sha256').update(id).digest()[0] ?? 0) % ONE_OF === 0

/** Of all faults of the catalogue 26 % are shown within 20 requests, and 39 % within 60. */
test('a first look shows many of the faults, most of them within its first 20 requests', async () => {
  const some = FAULTS.filter(isChosen)
  const found: number[] = []
  for (const { id } of some) found.push((await firstFailureOf(id)) ?? Number.POSITIVE_INFINITY)
  const shareWithin = (requests: number) => found.filter((at) => at <= requests).length / found.length
  expect(shareWithin(20)).toBeGreaterThan(0.25)
  expect(shareWithin(60)).toBeGreaterThan(0.35)
}, 120_000)
