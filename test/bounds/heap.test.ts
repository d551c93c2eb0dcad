import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type CliProcess, spawnCli } from '../../src/cli/process.test.support.ts'
import { BODIES, type Hostile } from './hostile.test.support.ts'

/** As large as a body may be, less what stands around the hostile part. */
const SIZE = 10 * 1024 * 1024 - 2_000

let mock: CliProcess
let origin: string

beforeAll(async () => {
  mock = spawnCli(['--port', '0', '--json', '--quiet'], { node: ['--max-old-space-size=256'] })
  origin = new URL(JSON.parse(await mock.firstLine()).url).origin
})
afterAll(() => void mock.child.kill('SIGKILL'))

const send = ({ method, path, type = '', make }: Hostile, session: string) =>
  fetch(origin + path, {
    method,
    body: make(SIZE),
    headers: { 'Content-Type': type, api_key: 'special-key', 'X-Mock-Session': session, Connection: 'close' },
  })

/** One of each media type, and those that took most memory. */
const HEAVIEST = [
  ...[
    'JSON: empty objects',
    'JSON: numbers with exponents',
    'JSON: wrong users',
    'JSON: unknown names, and one missing',
  ],
  ...['JSON: texts of a list', 'XML: unknown elements', 'XML: wrong elements', 'form: blanks', 'form: unknown fields'],
  ...['multipart: delimiters', 'state: records'],
]
const bodies = BODIES.filter(({ name }) => HEAVIEST.includes(name))

test('the bodies that are sent are those that are named', () => {
  expect(bodies).toHaveLength(HEAVIEST.length)
})

test.each(bodies)('$name: 10 MB are answered with a heap of 256 MB', async (hostile) => {
  const response = await send(hostile, 'first')
  expect([200, 400, 405, 413]).toContain(response.status)
  await response.arrayBuffer()
})

test('twelve sessions of 10 MB each are answered one after the other', async () => {
  const [users] = BODIES.filter(({ name }) => name === 'JSON: a long text')
  if (!users) throw new Error('The body is gone.')
  for (let index = 0; index < 12; index++) expect((await send(users, `s${index}`)).status).toBe(200)
  expect(mock.child.exitCode).toBeNull()
})
