import { createRunId } from '../contract/index.ts'
import type { Fetch } from '../http/transport/transport.ts'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import type { DriftReport } from './report.ts'
import { type DriftOptions, runDrift as run } from './run-drift.ts'

/** The options of a comparison. The defaults are those of a contract run. */
export interface RunDriftOptions
  extends Omit<DriftOptions, 'document' | 'now' | 'mock' | 'onInteraction' | 'further'>,
    Partial<Pick<DriftOptions, 'document' | 'now'>> {
  /** The mock to compare with, such as `createMock()`. */
  readonly mock: { readonly fetch: Fetch }
}

/** The key that a mock takes unless it is told otherwise. */
const KEY = 'special-key'

/** Says in which ways the server at `baseUrl` behaves otherwise than the mock. Resolves also if it could not run. */
export const runDrift = ({ mock, ...options }: RunDriftOptions): Promise<DriftReport> =>
  run({
    document: loadDocument(pathOf('openapi.yaml')),
    now: Date.now,
    runId: createRunId(),
    ...options,
    mock: { baseUrl: 'http://127.0.0.1:4010/v2', apiKey: KEY, fetch: mock.fetch },
  })

export * from '../contract/index.ts'
export type { Difference, DriftReport } from './report.ts'
