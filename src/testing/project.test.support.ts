import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathOf } from '../openapi/package-files.ts'

/** A small project with this package and a test runner installed. */
export interface Project {
  /** Writes a file of the project. */
  write(name: string, text: string): void
  read(name: string): string
  /** Runs node in the project. Resolves with any exit code. */
  node(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<End>
  remove(): void
}

export interface End {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The files of the published package that tests need. */
const PACKAGE = ['package.json', 'openapi.yaml', 'src/mock/admin/openapi.yaml', 'dist/bundle', 'dist/prepared']

/** Creates the project. The package is copied, because test runners treat files in `node_modules` in a special way. */
export function createProject(name: string, runners: readonly string[]): Project {
  const folder = pathOf(`dist/project-${name}-${process.pid}`)
  const modules = join(folder, 'node_modules')
  for (const file of PACKAGE) cpSync(pathOf(file), join(modules, 'inboxes-mock', file), { recursive: true })
  for (const runner of runners) {
    mkdirSync(dirname(join(modules, runner)), { recursive: true })
    symlinkSync(pathOf(`node_modules/${runner}`), join(modules, runner), 'dir')
  }
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('package.json', '{"private": true}')
  return {
    write,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    node: (args, env) => node(folder, args, { PATH: process.env.PATH ?? '', NO_COLOR: '1', ...env }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function node(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<End> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

/** Whether each test passed, and its failure message. */
export type Results = Readonly<Record<string, { readonly passed: boolean; readonly message: string }>>

/** Reads the JSON results of jest or vitest. */
export function readResults(json: string): Results {
  const { testResults } = JSON.parse(json) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[]
  }
  const all = testResults.flatMap(({ assertionResults }) => assertionResults)
  return Object.fromEntries(
    all.map(({ title, status, failureMessages }) => [
      title,
      { passed: status === 'passed', message: failureMessages.join('\n') },
    ]),
  )
}

/** The example of `docs/testing.md` for a test runner. */
export function exampleFor(runner: string, language = 'js'): string {
  const [, example] =
    new RegExp(`^\`\`\`${language} ${runner}\n(.*?)^\`\`\``, 'ms').exec(
      readFileSync(pathOf('docs/testing.md'), 'utf8'),
    ) ?? []
  if (example === undefined) throw new Error(`docs/testing.md has no example for ${runner}.`)
  return example
}
