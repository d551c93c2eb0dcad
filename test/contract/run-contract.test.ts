import { expect, test } from '@jest/globals'
import { inProcess } from '../../contract-tests/mutants/in-process.ts'
import { makeApplication } from '../../contract-tests/mutants/server/application.ts'
import { Refusal } from '../../contract-tests/mutants/server/handling.ts'
import type { Seams } from '../../contract-tests/mutants/server/seams.ts'
import type { User } from '../../contract-tests/mutants/server/store.ts'
import { applicationOf } from '../../contract-tests/mutants/start-server.ts'
import { runContract } from '../../src/contract/index.ts'

async function reportOn(fault: string | undefined, seed = 1, sequences = 4) {
  const run = { apiKey: 'special-key', mode: 'full', runId: '', seed, sequences } as const
  const { times, ...report } = await runContract({ ...inProcess(applicationOf({ ...(fault && { fault }) })), ...run })
  return report
}

test.each([undefined, 'user-update-dropped'])(
  'the same seed and server (%s) give the same report, times apart',
  async (fault) => {
    expect(await reportOn(fault)).toEqual(await reportOn(fault))
  },
)

test('another seed takes other names, and comes to the same verdict', async () => {
  const [one, two] = [await reportOn(undefined, 1), await reportOn(undefined, 2)]
  expect(one.verdict).toBe('conforms')
  expect(two.verdict).toBe('conforms')
  expect(JSON.stringify(two)).not.toContain('Ct1x')
})

test.each([
  ['missing-user-deleted', /^no 2XX to a deletion of the user after delete user \d$/],
  ['user-update-dropped', /^\/\w+: .* after write user (\d), write user \1, read user \1$/],
  ['form-changes-pet-updated-last', /after (put pet (\d), form pet (?!\2)\d|form pet \d), read pet \d$/],
  ['order-ids-are-counted', /after place order (\d), place order (\d), delete order \1, place order \1$/],
])('a sequence that departs at %s is shrunk to the shortest that does', async (fault, shortest) => {
  const { findings } = await reportOn(fault, 3, 100)
  const [found] = findings.filter(({ check }) => check === 'sequence')
  expect(found?.expected).toMatch(shortest)
})

/** A user who was deleted and then created by a list is not found. The fixed sequences do not do that. */
const relisted = (): Seams => {
  const deleted = new Set<string>()
  const lost = new Set<string>()
  return {
    reply: ({ input, match }, next) => {
      const { parameter, body } = input
      if (match.operation?.id === 'getUserByName' && lost.has(parameter)) throw new Refusal(404, 'User not found')
      const reply = next()
      if (match.operation?.id === 'deleteUser') deleted.add(parameter)
      if (match.operation?.id === 'createUsersWithListInput')
        for (const { username } of body as User[]) if (deleted.has(username)) lost.add(username)
      return reply
    },
  }
}

test('more random sequences find what fewer miss, each with all requests that it takes to see it', async () => {
  const server = inProcess(makeApplication({ seams: [relisted()] }))
  const found = async (sequences: number) => {
    const { findings } = await runContract({ ...server, apiKey: 'special-key', mode: 'owned', sequences })
    return findings.filter(({ check }) => check === 'sequence')
  }
  expect(await found(1)).toEqual([])
  const [finding] = await found(60)
  expect(finding?.expected).toMatch(/after (write|list) user (\d), delete user \2, list user \d, read user \2$/)
  expect(finding?.curl.split('\n').map((line) => / -X DELETE/.test(line))).toEqual([false, true, false, false])
})

/** The sequence findings on a server that has the fault, and the names of the sequences that were played. */
async function sequencesOn(seams: Seams, options: Partial<Parameters<typeof runContract>[0]>) {
  const names = new Set<string>()
  const onRequest = ({ body }: { readonly body?: Buffer }) => {
    for (const [name] of String(body).matchAll(/Ct1xseq\d+/g)) names.add(name)
  }
  const run = { apiKey: 'special-key', mode: 'owned', runId: '', onRequest, ...options } as const
  const { findings, skipped } = await runContract({ ...inProcess(makeApplication({ seams: [seams] })), ...run })
  return { findings: findings.filter(({ check }) => check === 'sequence'), played: names.size, skipped }
}

test('the path of a shrunk random sequence plays that sequence again, alone and as short', async () => {
  const { findings, played } = await sequencesOn(relisted(), { sequences: 60 })
  const [, sequencePath = ''] = / --sequence-path (\S+) plays/.exec(findings[0]?.actual ?? '') ?? []
  const again = await sequencesOn(relisted(), { sequences: 60, sequencePath })
  expect([played > 1, again.played]).toEqual([true, 1])
  const inShort = (list: typeof findings) => list.map(({ id, expected, actual }) => ({ id, expected, actual }))
  expect(inShort(again.findings)).toEqual(inShort(findings))
  expect(await sequencesOn({}, { sequencePath })).toMatchObject({ findings: [], played: 1 })
})

test.each(['soon', '0.9:9:9.A:A', '9.0.:'])(
  'the path %s, which leads nowhere, is said not to be looked at',
  async (sequencePath) => {
    const { findings, skipped } = await sequencesOn({}, { sequencePath })
    expect(findings).toEqual([])
    expect(skipped).toContainEqual(expect.stringContaining(sequencePath))
  },
)

test('what a run leaves behind is what the API cannot remove', async () => {
  const { leftovers } = await reportOn(undefined)
  expect(leftovers.filter((what) => !what.startsWith('a domain'))).toEqual([
    expect.stringMatching(/^pet \d+ was deleted$/),
    expect.stringMatching(/^pets that were written to: \d+/),
  ])
})
