import { expect, test } from '@jest/globals'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import type { Observation } from './checks/check.ts'
import { createFindings } from './findings.ts'
import { interactionOf } from './interaction.test.support.ts'
import { createRunRedaction } from './redact.ts'

const document = loadDocument(pathOf('openapi.yaml'))

const found = (level: 'failure' | 'advice', path: string) => ({
  interaction: interactionOf({ operationId: 'getPetById', path, status: 200 }),
  seen: { level, place: 'other pets', expected: 'a', actual: 'b' } satisfies Observation,
})

test.each([
  ['before', [found('failure', '/pet/1?long=1'), found('advice', '/pet/1')]],
  ['after', [found('advice', '/pet/1'), found('failure', '/pet/1?long=1')]],
])('a failure stays one, though advice of the same place comes %s it', (_when, observed) => {
  const redaction = createRunRedaction(undefined, {})
  const findings = createFindings({ document, baseUrl: 'http://localhost/v2', redaction, only: [] })
  for (const { interaction, seen } of observed) findings.add('isolation', interaction, seen)
  expect(findings.list().map(({ level }) => level)).toEqual(['failure'])
})
