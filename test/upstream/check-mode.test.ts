import { expect, test } from '@jest/globals'
import { FAULTS } from '../../contract-tests/mutants/faults.ts'
import { smoke } from '../../contract-tests/mutants/smoke.ts'
import { VARIANTS } from '../../contract-tests/mutants/variants.ts'
import { type MockBefore, sampleOf, startBoth } from './mock-before.test.support.ts'
import { ORDINARY } from './ordinary.test.support.ts'

const AREAS = ['schema', 'headers', 'media-type', 'xml']

const faults = FAULTS.filter(({ area }) => AREAS.includes(area))

/** Sends the ordinary requests, which tell nothing of the server behind. */
async function askOrdinarily({ client }: MockBefore): Promise<void> {
  for (const { method, path, ...sending } of ORDINARY) await client.send(method, path, sending)
}

test('the ordinary requests are 60, and nothing is wrong with the plain server', async () => {
  expect(ORDINARY).toHaveLength(60)
  const both = await startBoth({}, { mode: 'check' })
  await askOrdinarily(both)
  expect(both.mock.upstream?.violations().violations).toEqual([])
  await both.close()
})

test.each(sampleOf(faults, 6).map((fault) => [fault.id, fault] as const))(
  'check mode names the fault %s from 60 ordinary requests',
  async (_id, fault) => {
    const both = await startBoth({ fault }, { mode: 'check' })
    try {
      await askOrdinarily(both)
      expect(both.mock.upstream?.violations().violations.map(({ operationId }) => operationId)).not.toEqual([])
      expect(both.mock.store.export().pets).toEqual([])
    } finally {
      await both.close()
    }
  },
)

test.each(sampleOf(VARIANTS, 9).map((variant) => [variant.id, variant] as const))(
  'check mode accuses the variant %s of nothing',
  async (_id, variant) => {
    const both = await startBoth({ variant }, { mode: 'check' })
    try {
      await smoke(both.client)
      await askOrdinarily(both)
      expect(both.mock.upstream?.violations().violations).toEqual([])
      expect(both.mock.defects).toEqual([])
    } finally {
      await both.close()
    }
  },
)
