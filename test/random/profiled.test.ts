import { expect, test } from '@jest/globals'
import { runContract } from '../../src/contract/run-contract.ts'
import { createMock } from '../../src/index.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import type { Profile } from '../../src/ways/profile.ts'
import { stepsOf } from './numbered-steps.ts'
import { play } from './play.ts'
import { type Named, SINGLE_PROFILES, WHOLE_PROFILES } from './profiles.ts'

/** `npm run drift:profiles` tries each value of each member alone as well, by 10,000 random requests. */
const IS_WHOLE = process.env.INBOXES_TEST_WHOLE === '1'
const REQUESTS = IS_WHOLE ? 10_000 : 500
const PROFILES: readonly Named[] = IS_WHOLE ? [...WHOLE_PROFILES, ...SINGLE_PROFILES] : WHOLE_PROFILES

/** Internal errors, which the mock lists as defects, and answers that do not come. A fault may cut connections. */
async function findingsOf(profile: Profile): Promise<string[]> {
  const { findings } = await play(stepsOf(3, REQUESTS), {
    createMock: (options) => createMock({ ...options, profile }),
    check: () => [],
  })
  return findings.map(({ text }) => text).filter((text) => /^(a defect|hung)/.test(text))
}

async function failuresOf(profile: Profile): Promise<string[]> {
  const { findings, problem } = await runContract({
    document: loadDocument(pathOf('openapi.yaml')),
    baseUrl: 'http://127.0.0.1:4010/v2',
    apiKey: 'special-key',
    mode: 'full',
    depth: 'quick',
    now: Date.now,
    fetch: createMock({ profile }).fetch,
  })
  const failures = findings.filter(({ level }) => level === 'failure')
  return [...failures.map(({ operation, actual }) => `${operation}: ${actual}`), ...(problem ? [problem] : [])]
}

test.each(PROFILES)(
  'a mock with the profile of %s conforms, and has no internal error in random requests',
  async (_name, profile) => {
    expect(await findingsOf(profile)).toEqual([])
    expect(await failuresOf(profile)).toEqual([])
  },
  600_000,
)
