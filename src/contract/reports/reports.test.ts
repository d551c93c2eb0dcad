import { expect, test } from '@jest/globals'
import { parseXml } from '../../openapi/codecs/read-xml.ts'
import { toCurl } from '../curl.ts'
import { toFinding } from '../group-findings.ts'
import type { ContractReport } from '../report.ts'
import { REPORTS } from './index.ts'
import { SAMPLE } from './report.test.support.ts'

test('the text has each failure with its sentence, place, line, a curl and a replay, and what to do next', () => {
  const text = REPORTS.text(SAMPLE)
  expect(text).toContain(
    'FAILURE getPetById does not give a valid request its documented success: a valid request received 500 & 100%',
  )
  expect(text).toContain('getPetById: status at 200 (status-failure)')
  expect(text).toContain('(openapi.yaml, line 241)')
  expect(text).toContain('1 of 2 checks ran; 1 of 2 cells of the document were reached; 1 failure.')
  expect(text).toContain(
    'Next: begin with getPetById (status). After the fix, run: npx inboxes-mock contract replay status-failure',
  )
})

test('what a server sends cannot steer the terminal that shows the text', () => {
  expect(REPORTS.text({ ...SAMPLE, problem: 'the \u001b[31mend' })).not.toMatch(/(?![\n])\p{Cc}|^::error/mu)
})

test('the JSON is the report', () => {
  expect(JSON.parse(REPORTS.json(SAMPLE))).toEqual(SAMPLE)
})

test('JUnit has one case for each check: failed, or skipped where it did not run', () => {
  const xml = parseXml(REPORTS.junit(SAMPLE))
  if (typeof xml === 'string') throw new Error(xml)
  const cases = xml.children[0]?.children.filter(({ name }) => name === 'testcase') ?? []
  expect(cases).toHaveLength(2)
  expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([['failure'], ['skipped']])
  expect(xml.children[0]?.children.find(({ name }) => name === 'properties')?.children.length).toBeGreaterThan(4)
  expect(REPORTS.junit(SAMPLE)).toContain('1 of 2 cells of the document were reached')
  expect(REPORTS.junit({ ...SAMPLE, verdict: 'could-not-run', problem: 'no key' })).toContain('no key')
})

/** Where SARIF puts the first finding. */
function sarifPlace(report: ContractReport) {
  const { version, runs } = JSON.parse(REPORTS.sarif(report)) as { version: string; runs: { results: object[] }[] }
  expect(version).toBe('2.1.0')
  expect(runs[0]?.results).toHaveLength(3)
  return runs[0]?.results[0]
}

test('SARIF has each finding at its line of the document in the repository of the user, or names no file', () => {
  const logicalLocations = [{ name: 'getPetById', kind: 'function' }]
  expect(sarifPlace({ ...SAMPLE, documentFile: 'api/next 1.yaml' })).toMatchObject({
    ruleId: 'status',
    level: 'error',
    message: { text: expect.stringContaining('getPetById, status at 200 (status-failure)') },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'api/next%201.yaml' }, region: { startLine: 241 } },
        logicalLocations,
      },
    ],
  })
  expect(sarifPlace(SAMPLE)).toMatchObject({ locations: [{ logicalLocations }] })
  expect(JSON.stringify(sarifPlace(SAMPLE))).not.toContain('artifactLocation')
})

test('annotations of GitHub are one line each, whatever a server sends, and point to no file that the user lacks', () => {
  const lines = REPORTS.github(SAMPLE).trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[3]).toBe(
    '::notice title=Coverage::1 of 2 cells of the document were reached, 1 of them failed%0A1 cells: no user',
  )
  expect(lines[0]).toMatch(/^::error title=getPetById%3A status at 200::getPetById does not .*100%25%0A::error/)
  expect(REPORTS.github({ ...SAMPLE, documentFile: 'api/next.yaml' })).toMatch(
    /^::error file=api\/next\.yaml,line=241,title=/,
  )
})

test('the Markdown has each failure with its sentence, place and commands, and stays below what GitHub shows', () => {
  const text = REPORTS.markdown(SAMPLE)
  expect(text).toMatch(/^## ❌ http&#58;\/\/127\.0\.0\.1:4010\/v2 does not conform to openapi\.yaml\.\n/)
  expect(text).toContain('### getPetById does not give a valid request its documented success')
  expect(text).toContain(
    "```sh\ncurl -i 'http://127.0.0.1:4010/v2/pet/1'\n# after the fix\nnpx inboxes-mock contract replay",
  )
  expect(text).not.toContain('<script')
  const [finding] = SAMPLE.findings
  const many = Array.from({ length: 3000 }, () => ({ ...SAMPLE.findings[0], curl: 'x'.repeat(900) }))
  const long = REPORTS.markdown({ ...SAMPLE, findings: finding ? many.map((one) => ({ ...finding, ...one })) : [] })
  expect(Buffer.byteLength(long)).toBeLessThan(2 ** 20)
  expect(long).toMatch(/There is more: `--report html=FILE` has it all\.\n$/)
})

test('the HTML lets no text become markup', () => {
  const html = REPORTS.html(SAMPLE)
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)')
})

/** Texts of a server that a terminal, a reader or a runner of GitHub would take for something else. */
const HOSTILE = 'a\u001b[2J\u202eb\u2028c\n::error::x\r##[error]y%0A::stop-commands::z'

test.each(Object.entries(REPORTS))(
  'the %s has no character that fools a reader, and no command of a runner',
  (name, write) => {
    const [finding] = SAMPLE.findings
    if (!finding) throw new Error('The sample has no finding.')
    const request = { method: 'POST', path: '/user', headers: {}, body: Buffer.from(HOSTILE) }
    const curl = toCurl(request, SAMPLE.baseUrl, (text) => text)
    const place = { ...finding, expected: HOSTILE, actual: HOSTILE, place: HOSTILE, operation: HOSTILE, curl }
    const texts = { ...toFinding([place, place], finding), message: HOSTILE, cleanUp: HOSTILE }
    const text = write({
      ...SAMPLE,
      problem: HOSTILE,
      findings: [{ ...finding, ...texts }],
      skipped: [HOSTILE],
      leftovers: [HOSTILE],
    })
    expect(text).not.toMatch(/(?![\n\r\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u)
    if (name === 'text' || name === 'github') expect(text).not.toMatch(/^\s*::(?:error|stop-commands)::[xz]/m)
  },
)
