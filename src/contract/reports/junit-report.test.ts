import { expect, test } from '@jest/globals'
import { toFinding } from '../group-findings.ts'
import { junitReport } from './junit-report.ts'
import { SAMPLE } from './report.test.support.ts'

test('JUnit has the layout that CI servers read', () => {
  expect(junitReport({ ...SAMPLE, findings: [] })).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="2" failures="0" errors="0" skipped="1">
  <testsuite name="contract http://127.0.0.1:4010/v2" timestamp="2030-01-01T00:00:00.000Z" time="1.234" tests="2" failures="0" errors="0" skipped="1">
    <properties>
      <property name="mode" value="full"/>
      <property name="seed" value="1"/>
      <property name="requests" value="7"/>
      <property name="waits" value="0"/>
      <property name="coverage" value="1 of 2 cells of the document were reached, 1 of them failed"/>
      <property name="unreached" value="1 cells: no user"/>
    </properties>
    <testcase classname="contract.status" name="A valid request gets the documented success"/>
    <testcase classname="contract.login" name="Login takes the right password and no other">
      <skipped/>
    </testcase>
  </testsuite>
</testsuites>`)
})

test('JUnit counts failures and errors', () => {
  const xml = junitReport({ ...SAMPLE, verdict: 'could-not-run', problem: 'no key' })
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="1" skipped="1">')
  expect(xml).toContain(
    '<testcase classname="contract" name="preflight">\n      <error message="no key" type="could-not-run">no key</error>',
  )
})

test('the message of a failure is one line, and its text has all that is known', () => {
  const xml = junitReport(SAMPLE)
  const [, message, text] = /<failure message="([^"]*)" type="conformance">([\s\S]*?)<\/failure>/.exec(xml) ?? []
  expect(message).toMatch(/^getPetById does not give a valid request [^&#]*&#?/)
  expect(message).not.toMatch(/[\n\r]|&#x[AD];/)
  expect(text).toContain('getPetById, status at 200 (status-failure)')
  expect(text).toContain('expected: 200, not &lt;script&gt;alert("x")&lt;/script&gt; (openapi.yaml, line 241)')
  expect(text).toContain("see it: curl -i 'http://127.0.0.1:4010/v2/pet/1'\n")
  expect(text).toContain('replay: npx inboxes-mock contract replay status-failure')
})

test('a check whose failures follow from another failure is neither passed nor failed', () => {
  const [failure] = SAMPLE.findings
  const findings = failure
    ? [toFinding([...failure.places, ...failure.places.map((place) => ({ ...place, check: 'login' }))], failure)]
    : []
  const xml = junitReport({ ...SAMPLE, findings })
  expect(xml).toContain('name="Login takes the right password and no other">\n      <skipped message="what failed here')
  expect(xml).toContain('<testsuites tests="2" failures="1" errors="0" skipped="1">')
})

test('JUnit escapes what a server sends, and leaves out what XML cannot carry', () => {
  const problem = `<b> & "q" 's' \t\r\n\u0000\u001b[31m\ud800\ufffe ä 🦜 ]]>`
  expect(junitReport({ ...SAMPLE, verdict: 'could-not-run', problem })).toContain(
    `<error message="&lt;b> &amp; &quot;q&quot; 's' \\u{9}\\u{d}\\u{a}\\u{0}\\u{1b}[31m\\u{d800} ä 🦜 ]]>" type="could-not-run">&lt;b&gt; &amp; "q" 's' \t&#xD;\n[31m ä 🦜 ]]&gt;</error>`,
  )
})
