import { expect, test } from '@jest/globals'
import { runContract } from '../src/contract/index.ts'
import { startServer } from './faulty/start-server.ts'

async function reportOn(fault: string | undefined, seed = 1, sequences = 4) {
  const server = await startServer(fault === undefined ? {} : { fault })
  try {
    const { times, ...report } = await runContract({ baseUrl: server.url, apiKey: 'special-key', seed, sequences })
    return JSON.parse(JSON.stringify(report).replaceAll(server.url, 'URL')) as typeof report
  } finally {
    await server.close()
  }
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
  ['missing-user-deleted', /^no 2XX to a delete after delete \d$/],
  ['user-update-dropped', /^\/\w+: .* after write (\d), write \1, read \1$/],
])('a random sequence that departs at %s is shrunk to the shortest that does', async (fault, shortest) => {
  const { findings } = await reportOn(fault, 3, 100)
  const [found] = findings.filter(({ check }) => check === 'sequence')
  expect(found?.expected).toMatch(shortest)
})

test('what a run leaves behind is what the API cannot remove', async () => {
  const { leftovers } = await reportOn(undefined)
  expect(leftovers.every((what) => what.startsWith('a domain'))).toBe(true)
})
