import type { Level, Place } from '../finding.ts'
import { toFinding } from '../group-findings.ts'
import type { ContractReport } from '../report.ts'

/** A place with text that must be escaped. */
const placeOf = (level: Level): Place => ({
  id: `status-${level}`,
  operation: 'getPetById',
  check: 'status',
  place: '200',
  sent: 'a valid request',
  pointer: '/paths/~1pet~1{petId}/get',
  line: 241,
  expected: '200, not <script>alert("x")</script>',
  actual: '500 & 100%\n::error::injected',
  curl: "curl -i 'http://127.0.0.1:4010/v2/pet/1'",
})

/** A report with one finding of each level, and with text that must be escaped. */
export const SAMPLE: ContractReport = {
  version: 1,
  document: 'openapi.yaml',
  documentFile: '',
  baseUrl: 'http://127.0.0.1:4010/v2',
  mode: 'full',
  seed: 1,
  only: [],
  verdict: 'fails',
  problem: '',
  requests: 7,
  waits: 0,
  findings: (['failure', 'note', 'advice'] as const).map((level) =>
    toFinding([placeOf(level)], {
      id: `status-${level}`,
      level,
      replay: `npx inboxes-mock contract replay status-${level} --base-url http://127.0.0.1:4010/v2`,
    }),
  ),
  checks: [
    {
      id: 'status',
      title: 'A valid request gets the documented success',
      applied: 7,
      operations: ['getPetById'],
      failures: 1,
    },
    { id: 'login', title: 'Login takes the right password and no other', applied: 0, operations: [], failures: 0 },
  ],
  coverage: [
    {
      operation: 'getPetById',
      status: '200',
      mediaType: 'application/json',
      parameter: '',
      state: 'failed',
      reason: '',
    },
    { operation: 'loginUser', status: '400', mediaType: '', parameter: '', state: 'unreached', reason: 'no user' },
  ],
  skipped: [],
  leftovers: [],
  command: 'npx inboxes-mock contract --base-url http://127.0.0.1:4010/v2',
  cleanUp: '',
  times: { startedAt: '2030-01-01T00:00:00.000Z', durationMs: 1234 },
}
