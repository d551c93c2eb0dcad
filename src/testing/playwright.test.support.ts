import { pathOf } from '../openapi/package-files.ts'
import type { Project, Results } from './project.test.support.ts'

/** The results of a run of Playwright, and the output of its tests. */
export interface PlaywrightRun {
  readonly code: number
  readonly results: Results
  readonly printed: string
}

interface Report {
  readonly suites: readonly { readonly specs: readonly Spec[] }[]
}

interface Spec {
  readonly title: string
  readonly ok: boolean
  readonly tests: readonly { readonly results: readonly SpecResult[] }[]
}

interface SpecResult {
  readonly errors: readonly { readonly message: string }[]
  readonly stderr: readonly { readonly text?: string }[]
}

/** Runs one file of a project by Playwright's own runner. */
export async function playwright(project: Project, file: string, use = '{}'): Promise<PlaywrightRun> {
  project.write('playwright.config.mjs', `export default { testMatch: '*.spec.mjs', workers: 1, use: ${use} }`)
  const { code, out } = await project.node([
    pathOf('node_modules/@playwright/test/cli.js'),
    'test',
    '--reporter=json',
    file,
  ])
  return { code, ...playwrightResults(out) }
}

/** Reads the JSON report of Playwright. */
export function playwrightResults(json: string): Pick<PlaywrightRun, 'results' | 'printed'> {
  const specs = (JSON.parse(json) as Report).suites.flatMap(({ specs: own }) => own)
  const resultsOf = ({ tests }: Spec) => tests.flatMap(({ results }) => results)
  const messageOf = (spec: Spec) => resultsOf(spec).flatMap(({ errors }) => errors.map(({ message }) => message))
  return {
    results: Object.fromEntries(
      specs.map((spec) => [spec.title, { passed: spec.ok, message: messageOf(spec).join('\n') }]),
    ),
    printed: specs
      .flatMap(resultsOf)
      .flatMap(({ stderr }) => stderr.map(({ text = '' }) => text))
      .join(''),
  }
}
