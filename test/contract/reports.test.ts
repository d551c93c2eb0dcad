import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import Draft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { startServer } from '../../contract-tests/mutants/start-server.ts'
import { applyBaseline } from '../../src/contract/baseline.ts'
import { type ContractReport, REPORTS, runContract } from '../../src/contract/index.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

const require = createRequire(import.meta.url)

/** The breaches of a schema (JSON Schema draft 4 or 7) by a JSON text; '' if there are none. */
function breachesOf(text: string, schema: object): string {
  const isOld = String(Reflect.get(schema, '$schema')).includes('draft-04')
  const ajv = new (isOld ? Draft04.default : Ajv)({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return validate(JSON.parse(text)) ? '' : ajv.errorsText(validate.errors)
}

const REPORT_SCHEMA = JSON.parse(readFileSync(pathOf('docs/contract-report.schema.json'), 'utf8'))
const SARIF_SCHEMA = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

async function reportOn(
  fault?: string,
  options: Partial<Parameters<typeof runContract>[0]> = {},
): Promise<ContractReport> {
  const server = await startServer(fault === undefined ? {} : { fault })
  close = server.close
  return runContract({ baseUrl: server.url, apiKey: 'special-key', mode: 'full', depth: 'quick', ...options })
}

const accept = (report: ContractReport) =>
  applyBaseline(
    report,
    [{ operation: 'nobody', check: 'status', place: '', owner: 'us', expires: '2999-12-31' }],
    '2030-01-01',
  )

test.each<[string, () => Promise<ContractReport>]>([
  ['a correct server', () => reportOn()],
  ['a faulty server', () => reportOn('pet-id-is-text')],
  ['a server whose unknown paths fail', () => reportOn('unknown-path-fails')],
  ['a key that is refused', () => reportOn(undefined, { apiKey: 'wrong' })],
  ['a run of one operation that only reads', () => reportOn(undefined, { only: ['getPetById'], mode: 'safe' })],
  ['a baseline that is stale', async () => accept(await reportOn())],
])('the JSON and SARIF reports of %s are what their schemas say', async (_what, run) => {
  const report = await run()
  expect(breachesOf(REPORTS.json(report), REPORT_SCHEMA)).toBe('')
  expect(breachesOf(REPORTS.sarif(report), SARIF_SCHEMA)).toBe('')
})

test('a report that lacks a member, or has one more, is not what its schema says', async () => {
  const { waits, ...report } = await reportOn()
  expect(breachesOf(JSON.stringify(report), REPORT_SCHEMA)).toContain('waits')
  expect(breachesOf(JSON.stringify({ ...report, waits, more: 1 }), REPORT_SCHEMA)).toContain('additional')
})

test('the same seed and server give the same bytes, times apart', async () => {
  const server = await startServer({ fault: 'form-clears-tags' })
  close = server.close
  const bytes = async () => {
    const { times, ...rest } = await runContract({
      baseUrl: server.url,
      apiKey: 'special-key',
      only: ['getPetById'],
      mode: 'safe',
      runId: 'same',
    })
    return REPORTS.json({ ...rest, times: { startedAt: '', durationMs: 0 } })
  }
  expect(await bytes()).toBe(await bytes())
})

test('each cell of coverage is covered, failed, or unreached for a reason that tells', async () => {
  const states = ({ coverage }: ContractReport, operation: string, status: string) =>
    new Set(coverage.filter((cell) => cell.operation === operation && cell.status === status).map(({ state }) => state))
  const full = await reportOn('pet-id-is-text')
  expect(states(full, 'getPetById', '200')).toEqual(new Set(['failed']))
  expect(states(full, 'getPetById', '404')).toEqual(new Set(['covered']))
  await close?.()
  const { coverage } = await reportOn(undefined, { mode: 'safe', only: ['getPetById', 'deletePet'] })
  const reason = (operation: string, status: string) =>
    coverage.find((cell) => cell.operation === operation && cell.status === status && cell.parameter === '')?.reason
  expect(reason('deletePet', '404')).toBe('safe mode only reads')
  expect(reason('deleteOrder', '404')).toContain('the run was limited to getPetById, deletePet')
  expect(coverage.every(({ state, reason: why }) => (state === 'unreached') === (why !== ''))).toBe(true)
})
