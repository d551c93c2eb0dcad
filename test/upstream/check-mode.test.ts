import { expect, test } from '@jest/globals'
import { FAULTS } from '../../contract-tests/mutants/faults.ts'
import { smoke } from '../../contract-tests/mutants/smoke.ts'
import { VARIANTS } from '../../contract-tests/mutants/variants.ts'
import { sampleOf, startBoth } from './mock-before.test.support.ts'

const AREAS = ['schema', 'headers', 'media-type', 'xml']

const faults = FAULTS.filter(({ area }) => AREAS.includes(area))

test.each(sampleOf(faults, 6).map((fault) => [fault.id, fault] as const))(
  'check mode names the fault %s',
  async (_id, fault) => {
    const both = await startBoth({ fault }, { mode: 'check' })
    try {
      expect(await fault.witness(both.client)).toBe(true)
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
      for (const path of [
        '/pet/1',
        '/pet/4',
        '/pet/findByStatus?status=sold',
        '/pet/findByTags?tags=tag1',
        '/user/user1',
      ])
        await both.client.getXml(path)
      expect(both.mock.upstream?.violations().violations).toEqual([])
      expect(both.mock.defects).toEqual([])
    } finally {
      await both.close()
    }
  },
)
