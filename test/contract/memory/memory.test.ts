import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'
import { compile } from '../../../scripts/compile.js'
import { manyPets } from './many-pets.ts'

/** Each list of all pets is 4 MB of JSON or 5 MB of XML, and about ninety lists are read. */
const PETS = 20_000
/** Megabytes: a run that kept the lists would need three times as much. */
const HEAP = 128

test('a run keeps what later checks need of long lists, not their bytes', async () => {
  const server = manyPets(PETS)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const script = await compile('test/contract/memory/worker.ts')
  const worker = new Worker(script, {
    workerData: { baseUrl: `http://127.0.0.1:${port}/v2` },
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  })
  const result = await new Promise((resolve) => {
    worker.on('message', resolve)
    worker.on('error', (error) => resolve(error.message))
  })
  server.close()
  expect(result).toMatchObject({ verdict: 'conforms', problem: '', failures: [] })
})
