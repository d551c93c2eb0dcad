import { describe, expect, test } from '@jest/globals'
import { runBeside } from '../../contract-tests/mutants/beside-writer.ts'
import { startServer } from '../../contract-tests/mutants/start-server.ts'
import type { ContractReport, Mode } from '../../src/contract/index.ts'
import { runContract } from '../../src/contract/index.ts'

/** The contract suite on a correct server that does as a decision allows. */
interface Run {
  readonly variant: string
  readonly mode: Mode
  /** The operations that it is about; scenarios of others are left out. */
  readonly only?: readonly string[]
  /** The place of the note or advice that says so. */
  readonly says?: string
}

const USERS = ['createUser', 'getUserByName', 'updateUser', 'loginUser']
const owned = (variant: string, says?: string): Run => ({
  variant,
  mode: 'owned',
  only: USERS,
  ...(says && { says }),
})

/** The decisions about the suite, by their own words. */
const ROWS: Readonly<Record<string, readonly Run[]>> = {
  'What PUT does with fields that the body leaves out': [
    owned('put-keeps-user-id'),
    owned('put-fills-defaults'),
    owned('put-keeps-what-is-left-out', 'kept '),
  ],
  'Whether two logins give the same token': [owned('tokens-differ')],
  'Properties that the document does not name': [
    { variant: 'revision-in-every-record', mode: 'safe' },
    { variant: 'links-in-every-record', mode: 'safe' },
    owned('read-at-in-every-record'),
  ],
  "Fields that a server may own (a user's id, an order's status, validate and active)": [
    owned('user-ids-owned', 'own value of user /id'),
    { variant: 'orders-owned', mode: 'full', only: ['placeOrder'], says: 'own value of order /status' },
  ],
  'Texts that a server normalises (letter case of emails, usernames and domains, blanks around a text, NFC)': [
    owned('emails-in-small-letters'),
    owned('usernames-in-any-letters', 'letter case of user /username'),
    owned('blanks-trimmed', 'blanks around of user /lastName'),
  ],
  'Whether a write is done when it is acknowledged': [
    owned('users-done-later'),
    { variant: 'inventory-lags', mode: 'full', only: ['getInventory'], says: 'a list that lags' },
  ],
  'Rules of the house: unique emails, verification, lock-out after wrong passwords, a User-Agent': [
    owned('emails-unique', 'emails are unique'),
    owned('lock-out-403', 'wrong passwords lock a user out'),
    owned('login-after-verification', 'a login before verification'),
  ],
  'Methods that a server does not know': [
    { variant: 'unknown-methods-not-implemented', mode: 'full', only: ['addDomain'] },
    { variant: 'head-unknown', mode: 'safe', says: 'HEAD is refused' },
  ],
  'int64 ids beyond 2^53 in what a server shows': [{ variant: 'ids-beyond-2-53', mode: 'safe' }],
}

async function reportOn({ variant, mode, only = [] }: Run): Promise<ContractReport> {
  const { url, close } = await startServer({ variant })
  try {
    return await runContract({ baseUrl: url, apiKey: 'special-key', mode, only, sequences: 0 })
  } finally {
    await close()
  }
}

describe.each(Object.entries(ROWS))('%s', (_decision, runs) => {
  test.concurrent.each(runs)(
    '$variant in $mode mode',
    async (run) => {
      const { findings, problem } = await reportOn(run)
      expect([problem, findings.filter(({ level }) => level === 'failure')]).toEqual(['', []])
      if (run.says !== undefined)
        expect(findings.filter(({ place }) => place.startsWith(run.says ?? '')).length).toBe(1)
    },
    120_000,
  )
})

describe('Other clients that write to the same server meanwhile', () => {
  test('nobody is accused for them', async () => {
    const { failures } = await runBeside({ mode: 'safe', perSecond: 20, latencyMs: 0, seed: 2 })
    expect(failures).toEqual([])
  }, 120_000)
})
