import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, expect, test } from '@jest/globals'
import { startServer } from '../../contract-tests/mutants/start-server.ts'
import { createMock, type JournalEntry } from '../../src/index.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
const FILES = ['domains', 'pets', 'store', 'users']

interface Outcome {
  readonly failed: readonly string[]
  readonly passed: number
  readonly skipped: number
}

interface JestReport {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** Runs scenario files against a server, as `CONTRACT_BASE_URL=… npm run contract` does; `more` are further variables. */
async function runScenarios(url: string, files: readonly string[] = FILES, more: object = {}): Promise<Outcome> {
  const paths = files.map((file) => `contract-tests/${file}.test.ts`)
  const env = { ...process.env, CONTRACT_BASE_URL: url, INBOXES_API_KEY: 'special-key', ...more }
  const argv = [...JEST, '--json', '--runInBand', ...paths]
  const run = promisify(execFile)(process.execPath, argv, { cwd: pathOf('.'), env, encoding: 'utf8' })
  // Jest exits with 1 if a test fails, and prints its report all the same.
  const { stdout } = await run.catch((error: { readonly stdout: string }) => error)
  const { numPassedTests, numPendingTests, testResults }: JestReport = JSON.parse(stdout)
  const failed = testResults.flatMap(({ assertionResults, message }) =>
    assertionResults.length === 0
      ? [message]
      : assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
  )
  return { failed, passed: numPassedTests, skipped: numPendingTests }
}

const { operations } = loadDocument(pathOf('openapi.yaml'))

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

/** A mock that another process calls, at the host that is given. */
async function listening(host: string) {
  const mock = createMock()
  const server = await mock.listen({ host })
  close = server.close
  return { mock, url: `http://${host}:${server.port}/v2` }
}

/** The values of one member of the requests that an operation got. */
const valuesOf = <T>(entries: readonly JournalEntry[], id: string, value: (entry: JournalEntry) => T): Set<T> =>
  new Set(entries.filter(({ operationId }) => operationId === id).map(value))

const mediaTypes = (entries: readonly JournalEntry[], id: string, header: string) =>
  valuesOf(entries, id, ({ headers }) => String(headers[header]).split(';')[0])

test('the scenarios call each operation with success and refusal, in each media type, and pass on the mock', async () => {
  const { mock, url } = await listening('127.0.0.1')
  expect(await runScenarios(url)).toMatchObject({ failed: [], skipped: 0 })
  const entries = mock.journal.find()
  expect([operations.length, mock.journal.forgotten]).toEqual([19, 0])
  for (const { id, requestBody, responses } of operations) {
    const statuses = valuesOf(entries, id, ({ status }) => (status < 400 ? 'success' : 'refusal'))
    // The document has nothing that a logout could be refused for.
    expect([id, [...statuses].sort()]).toEqual([id, id === 'logoutUser' ? ['success'] : ['refusal', 'success']])
    const [sent, accepted] = [mediaTypes(entries, id, 'content-type'), mediaTypes(entries, id, 'accept')]
    expect([id, Object.keys(requestBody?.content ?? {}).filter((type) => !sent.has(type))]).toEqual([id, []])
    expect([id, Object.keys(responses['200']?.content ?? {}).filter((type) => !accepted.has(type))]).toEqual([id, []])
  }
})

/** Says that a server that is no mock may be written to. */
const WRITABLE = { CONTRACT_MODE: 'full' }

/** A fault of the catalogue, the file whose scenarios catch it, and the beginning of the scenario. */
const CAUGHT = [
  ['add-domain-without-key', 'domains', 'POST /domain refuses a request without a key'],
  ['xml-request-not-stored', 'pets', 'PUT /domain updates a pet from XML'],
  ['xml-order-empty', 'store', 'POST /store/order GET /store/order/{orderId} reads'],
  ['user-update-dropped', 'users', 'PUT /user/{username} replaces'],
  ['later-users-of-list-unchecked', 'users', 'POST /user/createWithList refuses the whole list'],
] as const

test.each(CAUGHT)('%s is caught by the scenarios of %s', async (fault, file, scenario) => {
  const server = await startServer({ fault })
  close = server.close
  const { failed } = await runScenarios(server.url, [file], WRITABLE)
  expect(failed).toContainEqual(expect.stringContaining(scenario))
})

test('a correct server that looks different passes', async () => {
  const server = await startServer({ variant: 'no-content' })
  close = server.close
  expect(await runScenarios(server.url, FILES, WRITABLE)).toMatchObject({ failed: [], skipped: 0 })
})

test('nothing is written to a server that does not say that it is a mock', async () => {
  const mock = createMock()
  const methods = new Set<string | undefined>()
  const server = createServer((req, res) => {
    methods.add(req.method)
    if (req.url?.startsWith('/__admin')) res.writeHead(404).end()
    else mock.app(req, res)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => void server.close()
  const { port } = server.address() as AddressInfo
  const { failed, passed, skipped } = await runScenarios(`http://127.0.0.1:${port}/v2`)
  expect(failed).toEqual([])
  expect([passed > 10, skipped > 10]).toEqual([true, true])
  expect(methods).toEqual(new Set(['GET']))
})
