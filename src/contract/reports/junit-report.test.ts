import { expect, test } from '@jest/globals'
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
  expect(xml).toContain('<testcase classname="contract" name="preflight">\n      <error message="no key"/>')
})

test('JUnit escapes what a server sends, and leaves out what XML cannot carry', () => {
  const problem = `<b> & "q" 's' \t\r\n\u0000\u001b[31m\ud800\ufffe ä 🦜 ]]>`
  expect(junitReport({ ...SAMPLE, verdict: 'could-not-run', problem })).toContain(
    `<error message="&lt;b> &amp; &quot;q&quot; 's' &#x9;&#xD;&#xA;[31m ä 🦜 ]]>"/>`,
  )
})
