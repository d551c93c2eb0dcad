import { expect, test } from '@jest/globals'
import { parseXml } from '../../openapi/codecs/read-xml.ts'
import { toCurl } from '../curl.ts'
import { REPORTS } from './index.ts'
import { SAMPLE } from './report.test.support.ts'

test('the text has each failure with its line, a curl and what to do next', () => {
  const text = REPORTS.text(SAMPLE)
  expect(text).toContain('FAILURE getPetById: status (status-failure)')
  expect(text).toContain('(openapi.yaml, line 241)')
  expect(text).toContain('1 of 2 checks ran; 1 of 2 cells of the document were reached; 1 failures.')
  expect(text).toContain(
    'Next: begin with getPetById (status). After the fix, run: inboxes-mock contract replay status-failure',
  )
})

test('what a server sends cannot steer the terminal that shows the text', () => {
  expect(REPORTS.text({ ...SAMPLE, problem: 'the \u001b[31mend' })).not.toMatch(/(?![\n])\p{Cc}|^::error/mu)
})

test('the JSON is the report', () => {
  expect(JSON.parse(REPORTS.json(SAMPLE))).toEqual(SAMPLE)
})

test('JUnit has one case for each check: failed, or skipped where nothing gave it occasion', () => {
  const xml = parseXml(REPORTS.junit(SAMPLE))
  if (typeof xml === 'string') throw new Error(xml)
  const cases = xml.children[0]?.children.filter(({ name }) => name === 'testcase') ?? []
  expect(cases).toHaveLength(2)
  expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([['failure'], ['skipped']])
  expect(xml.children[0]?.children.find(({ name }) => name === 'properties')?.children.length).toBeGreaterThan(4)
  expect(REPORTS.junit(SAMPLE)).toContain('1 of 2 cells of the document were reached')
  expect(REPORTS.junit({ ...SAMPLE, verdict: 'could-not-run', problem: 'no key' })).toContain('no key')
})

test('SARIF has each finding at its line of the document', () => {
  const { version, runs } = JSON.parse(REPORTS.sarif(SAMPLE)) as { version: string; runs: { results: unknown[] }[] }
  expect(version).toBe('2.1.0')
  expect(runs[0]?.results).toHaveLength(3)
  expect(runs[0]?.results[0]).toMatchObject({
    ruleId: 'status',
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'openapi.yaml' }, region: { startLine: 241 } } }],
  })
})

test('annotations of GitHub are one line each, whatever a server sends', () => {
  const lines = REPORTS.github(SAMPLE).trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[3]).toBe(
    '::notice title=Coverage::1 of 2 cells of the document were reached, 1 of them failed%0A1 cells: no user',
  )
  expect(lines[0]).toMatch(
    /^::error file=openapi\.yaml,line=241,title=getPetById%3A status::expected .*100%25%0A::error/,
  )
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
    const texts = { expected: HOSTILE, actual: HOSTILE, place: HOSTILE, operation: HOSTILE, curl }
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
