import type { Finding } from '../../src/contract/finding.ts'
import type { Mode } from '../../src/contract/report.ts'
import { runContract } from '../../src/contract/run-contract.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { startSecondWriter } from './second-writer.ts'
import { makeApplication } from './server/application.ts'
import { listen } from './server/listen.ts'
import type { Seams } from './server/seams.ts'

/** A run beside another writer. */
export interface Beside {
  readonly mode: Mode
  /** Writes of the other client in a second; none if 0. */
  readonly perSecond: number
  /** The time that every answer takes. */
  readonly latencyMs: number
  readonly seed: number
  /** A fault of the server; the plain server is correct. */
  readonly seams?: Seams
}

const latency = (delayMs: number): Seams => ({ answer: (_handling, next) => ({ ...next(), delayMs }) })

/** The failures that the suite finds on a server to which somebody else writes, and what it left out. */
export async function runBeside({ mode, perSecond, latencyMs, seed, seams = {} }: Beside): Promise<{
  readonly failures: readonly Finding[]
  readonly skipped: readonly string[]
  readonly problem: string
}> {
  const { url, close } = await listen(makeApplication({ seams: [seams, latency(latencyMs)] }))
  const writer = perSecond > 0 ? startSecondWriter(url, perSecond) : undefined
  try {
    const options = { baseUrl: url, apiKey: 'special-key', mode, seed, now: Date.now }
    const report = await runContract({ ...options, document: loadDocument(pathOf('openapi.yaml')) })
    const failures = report.findings.filter(({ level }) => level === 'failure')
    return { failures, skipped: report.skipped, problem: report.problem }
  } finally {
    await writer?.stop()
    await close()
  }
}
