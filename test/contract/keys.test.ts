import { expect, test } from '@jest/globals'
import { inProcess } from '../../contract-tests/mutants/in-process.ts'
import { applicationOf, type StartOptions } from '../../contract-tests/mutants/start-server.ts'
import { runContract } from '../../src/contract/index.ts'

/** The failures of addDomain in owned mode, and the parts that were left out because its body is refused first. */
async function addDomainOn(server: StartOptions, allowLeftovers: boolean) {
  const run = { apiKey: 'special-key', mode: 'owned', depth: 'quick', only: ['addDomain'], allowLeftovers } as const
  const { findings, skipped } = await runContract({ ...inProcess(applicationOf(server)), ...run })
  return {
    failures: findings.filter(({ level }) => level === 'failure').map(({ check }) => check),
    left: skipped.filter((reason) => reason.startsWith('addDomain refuses the body before it asks for the key')),
  }
}

test.each([{ variant: 'body-validated-before-key' }, { fault: 'add-domain-without-key' }])(
  'a server that refuses an invalid body without a key as such is not accused, and the report says what that leaves open: %j',
  async (server) => {
    expect(await addDomainOn(server, false)).toEqual({
      failures: [],
      left: [expect.stringContaining('--allow-leftovers')],
    })
  },
)

test('with leftovers allowed, a valid body without a key tells the one from the other', async () => {
  expect(await addDomainOn({ variant: 'body-validated-before-key' }, true)).toEqual({ failures: [], left: [] })
  expect(await addDomainOn({ fault: 'add-domain-without-key' }, true)).toEqual({
    failures: ['authentication'],
    left: [],
  })
})

test('a server that asks for the key first leaves nothing open', async () => {
  expect(await addDomainOn({}, false)).toEqual({ failures: [], left: [] })
})
