import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readCommand } from '../src/cli/options/read-command.ts'
import { applyBaseline, readBaseline } from '../src/contract/baseline.ts'
import { runContract } from '../src/contract/index.ts'
import { createMock, type Mock, type MockOptions } from '../src/index.ts'
import { parseState } from '../src/mock/files/state-file.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'

// Each place where a word of a client or a user is looked up and refused, with a word that is near to a known one. A new place is a new row.

const HEADERS = { api_key: 'special-key', 'Content-Type': 'application/json' }

/** Refused requests change nothing, so they share a mock. */
const SHARED = createMock()

const ask = async (send: string, body?: unknown, headers: object = {}, mock: Mock = SHARED) => {
  const [method = '', path = ''] = send.split(' ')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, headers: { ...HEADERS, ...headers }, ...(body !== undefined && { body: text }) }
  const response = await mock.fetch(path, init)
  expect(response.status).toBeGreaterThanOrEqual(400)
  return JSON.parse(await response.text()).detail as string
}

const usage = (...argv: string[]) => {
  const command = readCommand(argv, {})
  return command.kind === 'usage-error' ? command.message : command.kind
}

const notes = (env: Record<string, string>) => {
  const command = readCommand([], env)
  return command.kind === 'serve' ? (command.notes ?? []) : command.kind
}

const thrown = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return String(error)
  }
  return 'nothing was thrown'
}

/** Takes a wrong word of a type that has no such member, as JavaScript may. */
const untyped = <T>(value: unknown) => value as T

const snapshotted = () => {
  const mock = createMock()
  mock.snapshots.take('before-login')
  return mock
}

const faulty = () => {
  const mock = createMock()
  mock.faults.add({ steps: [{ kind: 'none' }] })
  return mock
}

const report = { findings: [], checks: [{ id: 'body-schema' }], coverage: [{ operation: 'getPetById' }] }
const stale = (entry: object) => {
  const text = JSON.stringify([
    { operation: 'getPetById', check: 'body-schema', place: 'p', owner: 'a', expires: '2030-01-01', ...entry },
  ])
  const accepted = readBaseline(text, 'baseline.json')
  return applyBaseline(untyped<Parameters<typeof applyBaseline>[0]>(report), accepted, '2029-01-01').findings[0]?.actual
}

const stateFile = async (state: object) => {
  const bytes = Buffer.from(JSON.stringify(state))
  const document = loadDocument(pathOf('openapi.yaml'))
  return parseState('state.json', bytes, document, true).then(() => 'taken', String)
}

const document = (from: string, to: string) => {
  const file = join(mkdtempSync(join(tmpdir(), 'hints-')), 'next.yaml')
  const text = `openapi: 3.0.0\ninfo: { title: Inboxes Developer API, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    Tag: { type: string, ${from}: ${to} }\n`
  writeFileSync(file, text)
  return thrown(() => createMock({ document: file }))
}

const PET = { id: 1, name: 'a', photoUrls: [] }
const FAULT = { steps: [{ kind: 'none' }] }
const verify = async (body: object) =>
  (
    await SHARED.fetch('/__admin/requests/verify', {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(body),
    })
  ).text()

const PLACES: readonly (readonly [place: string, hint: string, said: () => unknown])[] = [
  ['a path of the API', 'Did you mean /v2/pet/findByStatus?', () => ask('GET /v2/pet/findByStatsu')],
  ['a path of the control plane', 'Did you mean /__admin/faults?', () => ask('GET /__admin/fautls')],
  ['a value of an enum in the query', 'Did you mean sold?', () => ask('GET /v2/pet/findByStatus?status=slod')],
  ['a value of an enum in a body', 'Did you mean pending?', () => ask('PUT /v2/domain', { ...PET, status: 'pendign' })],
  [
    'a required parameter under another name',
    'Did you mean status in place of staus?',
    () => ask('GET /v2/pet/findByStatus?staus=sold'),
  ],
  [
    'a required property under another name',
    'Did you mean name in place of nmae?',
    () => ask('PUT /v2/domain', { id: 1, nmae: 'a', photoUrls: [] }),
  ],
  ['a user', 'Did you mean user1?', () => ask('GET /v2/user/usr1')],
  [
    'an example of Prefer',
    'Did you mean example=sold?',
    () => ask('GET /v2/pet/1', undefined, { Prefer: 'example=slod' }),
  ],
  ['a member of a state', 'Did you mean pets?', () => ask('PUT /__admin/state', { pest: [] })],
  [
    'a counter of a state',
    'Did you mean order?',
    () => ask('PUT /__admin/state', { counters: { order: 1, domain: 1, ordre: 1 } }),
  ],
  ['a collection', 'Did you mean users?', () => ask('GET /__admin/state/usres')],
  ['a key of a record to read', 'Did you mean user3?', () => ask('GET /__admin/state/users/usre3')],
  ['a key of a record to delete', 'Did you mean user3?', () => ask('DELETE /__admin/state/users/usre3')],
  [
    'an enum in a record',
    'Did you mean sold?',
    () => ask('POST /__admin/state/pets', { ...PET, id: 99, status: 'slod' }),
  ],
  [
    'a domain to validate',
    'Did you mean 3929a262af7d0f355f6683dd?',
    () => ask('POST /__admin/domains/3929a262af7d0f355f6683de/validate'),
  ],
  ['a pack', 'Did you mean empty?', () => ask('POST /__admin/reset', { pack: 'emtpy' })],
  ['a pack of a session', 'Did you mean bare?', () => ask('PUT /__admin/sessions/a', { pack: 'baer' })],
  ['a session', 'Did you mean default?', () => ask('DELETE /__admin/sessions/defualt')],
  [
    'a snapshot',
    'Did you mean before-login?',
    () => ask('POST /__admin/snapshots/befor-login/restore', undefined, {}, snapshotted()),
  ],
  ['a fault', 'Did you mean fault-1?', () => ask('DELETE /__admin/faults/fault-2', undefined, {}, faulty())],
  [
    'an operation of a fault',
    'Did you mean getPetById?',
    () => ask('POST /__admin/faults', { ...FAULT, match: { operationId: 'getPetByID' } }),
  ],
  ['a kind of fault', 'Did you mean delay?', () => ask('POST /__admin/faults', { steps: [{ kind: 'dealy' }] })],
  ['a member of a fault', 'Did you mean times?', () => ask('POST /__admin/faults', { ...FAULT, tiems: 2 })],
  ['a member of a step', 'Did you mean ms?', () => ask('POST /__admin/faults', { steps: [{ kind: 'delay', mss: 2 }] })],
  [
    'a member of a match',
    'Did you mean method?',
    () => ask('POST /__admin/faults', { ...FAULT, match: { metod: 'GET' } }),
  ],
  [
    'a way to break a body',
    'Did you mean wrong-type?',
    () => ask('POST /__admin/faults', { steps: [{ kind: 'break-schema', way: 'wrong-tpye' }] }),
  ],
  ['a member of a verification', 'Did you mean exactly?', () => ask('POST /__admin/requests/verify', { exacty: 1 })],
  [
    'a member of a pattern',
    'Did you mean operationId?',
    () => ask('POST /__admin/requests/find', { operationid: 'a' }),
  ],
  [
    'an operation of a verification',
    'Did you mean getPetById?',
    () => verify({ request: { operationId: 'getPetByID' } }),
  ],
  ['an operation of an order', 'Did you mean deletePet?', () => verify({ inOrder: [{ operationId: 'deltePet' }] })],
  ['a parameter of the control plane', 'Did you mean merged?', () => ask('GET /__admin/coverage?mergd=true')],
  ['a pack, in process', 'Did you mean many?', () => thrown(() => createMock(untyped<MockOptions>({ pack: 'mayn' })))],
  [
    'a pack to reset to, in process',
    'Did you mean one?',
    () => thrown(() => createMock().reset(untyped<'one'>('oen'))),
  ],
  [
    'a member of a state, in process',
    'Did you mean pets?',
    () =>
      createMock()
        .putState(untyped<object>({ pest: [] }))
        .catch(String),
  ],
  [
    'a snapshot, in process',
    'Did you mean before-login?',
    () => thrown(() => snapshotted().snapshots.restore('before-logn')),
  ],
  [
    'an operation of a verification, in process',
    'Did you mean addDomain?',
    () => createMock().journal.verify({ request: untyped<object>({ operationId: 'addDomian' }) }).message,
  ],
  ['a member of a state file', 'Did you mean domains?', () => stateFile({ domians: [] })],
  ['a property in a state file', 'did you mean status?', () => stateFile({ pets: [{ ...PET, staus: 'sold' }] })],
  ['an enum in a state file', 'Did you mean sold?', () => stateFile({ pets: [{ ...PET, status: 'slod' }] })],
  ['a format of a document', 'Did you mean date-time?', () => document('format', 'datetime')],
  ['a keyword of a document', 'Did you mean minLength?', () => document('minLenght', '1')],
  ['a flag', 'Did you mean --port?', () => usage('--prot', '1')],
  ['a flag of contract', 'Did you mean --base-url?', () => usage('contract', '--baseurl', 'http://a')],
  ['a flag of exec', 'Did you mean --seed?', () => usage('exec', '--sed', '1', '--', 'true')],
  ['a variable', 'Did you mean INBOXES_MOCK_PORT?', () => notes({ INBOXES_MOCK_PROT: '1' })],
  ['a command', 'Did you mean contract?', () => usage('contarct')],
  ['a subcommand', 'Did you mean replay?', () => usage('contract', 'repaly', 'f1')],
  ['a pack of a flag', 'Did you mean --pack unicode?', () => usage('--pack', 'unicod')],
  ['a field to keep', 'Did you mean --keep phone?', () => usage('--keep', 'phnoe')],
  ['a mode', 'Did you mean --mode owned?', () => usage('contract', '--mode', 'onwed')],
  ['a depth', 'Did you mean --depth quick?', () => usage('contract', '--depth', 'quik')],
  ['a format of a report', 'Did you mean --report html=a.html?', () => usage('contract', '--report', 'htlm=a.html')],
  [
    'an operation of a run',
    'Did you mean --only getPetById?',
    async () =>
      (
        await runContract({
          baseUrl: 'http://127.0.0.1:1/v2',
          only: ['getPetByID'],
          fetch: createMock().fetch,
        })
      ).problem,
  ],
  ['a check of a baseline', 'Did you mean body-schema?', () => stale({ check: 'body-shcema' })],
  ['an operation of a baseline', 'Did you mean getPetById?', () => stale({ operation: 'getPetByld' })],
  [
    'a member of a baseline',
    'Did you mean expires in place of exprires?',
    () =>
      thrown(() =>
        readBaseline('[{"operation":"a","check":"b","place":"c","owner":"d","exprires":"2030-01-01"}]', 'b.json'),
      ),
  ],
]

test.each(PLACES)('a word that is near to a known one gets a hint: %s', async (_place, hint, said) => {
  expect(String(await said())).toContain(hint)
})

const FAR: readonly (readonly [place: string, said: () => unknown])[] = [
  ['a flag', () => usage('--corz')],
  ['a variable', () => notes({ INBOXES_MOCK_URL: 'http://a', INBOXES_MOCK_DEBUG: '1' })],
  ['a command', () => usage('frobnicate')],
  ['a pack of a flag', () => usage('--pack', 'zebra')],
  ['a member of a state', () => ask('PUT /__admin/state', { zebras: [] })],
  ['a key of a record', () => ask('GET /__admin/state/users/zebra')],
  ['a session', () => ask('DELETE /__admin/sessions/zebra')],
  ['a snapshot', () => ask('GET /__admin/snapshots/zebra', undefined, {}, snapshotted())],
  ['an operation of a verification', () => verify({ request: { operationId: 'zebra' } })],
  ['a parameter of the control plane', () => ask('GET /__admin/coverage?zebra=1')],
  ['a check of a baseline', () => stale({ check: 'zebra' })],
]

test.each(FAR)('a word that is near to none gets no hint: %s', async (_place, said) => {
  expect(String(await said())).not.toContain('Did you mean')
})
