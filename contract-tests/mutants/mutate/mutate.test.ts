import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { instrument } from './instrument.ts'
import { keyOf, type Mutant } from './mutant.ts'
import { type Placed, place } from './place.ts'
import { plainFailures, putToTries, type Try } from './put-to-suite.ts'
import { reviewedOf } from './reviewed.ts'
import { stepOf } from './sent.ts'
import { type Recorded, record } from './session.ts'
import { SUBJECTS } from './subjects.ts'
import { tellApart, type Verdict } from './tell-apart.ts'

/** A server of one operation, with a place for each kind of mutant. */
const SERVER = `import { createServer } from 'node:http'
const on = () => false
const first = 'A'.repeat(4 - 4 + 1)
const users = new Map([['ann', { username: 'ann', firstName: first }]])
const show = (user) => JSON.stringify({ username: user.username, firstName: user.firstName })
const server = createServer((request, response) => {
  if (request.method === 'PUT') response.statusCode = 500 + 1
  if (on('b01')) response.statusCode = 400
  response.setHeader('X-Label', on('b02') ? 'changed' : 'plain')
  on('b03') && response.setHeader('X-More', 'more')
  for (let round = 0; round < 3; round++) response.setHeader('X-Round', round)
  const user = users.get(request.url.split('/').at(-1))
  if (!user) return response.writeHead(404, { 'X-Why': 'absent' }).end('There is no such user.')
  response.setHeader('Content-Type', 'application/json').end(show(user))
})
server.listen(0, '127.0.0.1', () => console.log(\`listening on http://127.0.0.1:\${server.address().port}/v2\`))
`

let folder = ''
let tiny: Placed
let sessions: Recorded[]

const read = (name: string) => stepOf('getUserByName', ['GET', `/user/${name}`])

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-tiny-'))
  writeFileSync(join(folder, 'server.mjs'), SERVER)
  tiny = await place({ id: 'tiny', folder, files: ['server.mjs'], switchedBy: 'on' })
  sessions = [await record(tiny, [read('nobody')]), await record(tiny, [read('nobody'), read('ann')])]
})

afterAll(() => {
  tiny.remove()
  rmSync(folder, { recursive: true })
})

function find(mutants: readonly Mutant[], original: string, replacement: string): number {
  const found = mutants.find((one) => one.original === original && one.replacement === replacement)
  if (found === undefined) throw new Error(`No mutant changes ${original} to ${replacement}.`)
  return found.number
}

async function verdictsOf(numbers: readonly number[]): Promise<ReadonlyMap<number, Verdict>> {
  const verdicts = new Map<number, Verdict>()
  const decide = async (number: number, verdict: Verdict) => void verdicts.set(number, verdict)
  await tellApart({ placed: tiny, sessions, lanes: 2, patience: [150, 300], decide }, numbers)
  return verdicts
}

test.each([
  [
    'a changed record',
    '{ username: user.username, firstName: user.firstName }',
    '{}',
    { difference: expect.any(String) },
  ],
  ['a refusal that becomes a success', '!user', 'false', { difference: expect.any(String) }],
  ['an endless loop', 'round++', 'round--', { difference: '404 became no answer' }],
  ['the text of a refusal', "'There is no such user.'", '""', 'no difference'],
  ['a header that nobody documents', 'round < 3', 'round <= 3', 'no difference'],
  ['code that no request runs', '500 + 1', '500 - 1', 'no difference'],
  ['a throw at the start', '4 - 4 + 1', '4 - 4 - 1', 'no start'],
])('%s: %s → %s', async (_, original, replacement, verdict) => {
  const number = find(tiny.mutants, original, replacement)
  const verdicts = await verdictsOf([number])
  expect(verdicts.get(number)).toEqual(typeof verdict === 'string' ? verdict : expect.objectContaining(verdict))
})

test('a group that differs finds the one of it that does', async () => {
  const equal = [find(tiny.mutants, "'There is no such user.'", '""'), find(tiny.mutants, 'round < 3', 'round <= 3')]
  // The first session, which each mutant plays alone, has no such user.
  const shown = find(tiny.mutants, "'application/json'", '""')
  const verdicts = await verdictsOf([...equal, shown])
  expect([...equal, shown].map((number) => typeof verdicts.get(number))).toEqual(['string', 'string', 'object'])
})

test.each(SUBJECTS.map((subject) => [subject.id, subject] as const))(
  'each mutant of %s that is listed as not caught is one, and has its reason',
  async (id, subject) => {
    const { mutants } = await instrument(subject)
    const keys = new Set(mutants.map(keyOf))
    const listed = [...reviewedOf(id)]
    expect(listed.filter(([key, reason]) => !keys.has(key) || reason === '')).toEqual([])
  },
)

test('code that runs in variants only has no mutants', () => {
  const rows = SERVER.split('\n').flatMap((line, index) => (line.includes("on('b0") ? [index + 1] : []))
  const mutated = tiny.mutants.filter(({ line }) => rows.includes(line)).map(({ original }) => original)
  expect(mutated).toEqual(["'X-Label'", "'plain'"])
})

test('a quick run of the suite catches a mutant that breaks the document, and not one that is as right', async () => {
  const hono = SUBJECTS.find(({ id }) => id === 'hono')
  if (hono === undefined) throw new Error('There is no Hono.')
  const placed = await place(hono)
  const quick: readonly Try[] = [{ depth: 'quick', seed: 1 }]
  const known = await plainFailures(placed, quick)
  const put = (original: string, replacement: string) =>
    putToTries(placed, find(placed.mutants, original, replacement), quick, known)
  const outcomes = [
    await put("'Bad Request'", '""'),
    await put("'5000'", '""'),
    await put('!P.authorized(ctx)', 'P.authorized(ctx)'),
  ]
  placed.remove()
  expect(known).toEqual(new Set())
  expect(outcomes).toEqual([
    { isCaught: false, problem: '' },
    { isCaught: true, problem: expect.any(String) },
    { isCaught: false, problem: expect.stringMatching(/./) },
  ])
})
