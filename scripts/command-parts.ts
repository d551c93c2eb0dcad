import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'

/** One file of the command. It may import from the parts before it. */
interface Part {
  readonly name: string
  /** Modules that other parts load with `import()`, which reads the part. */
  readonly modules: readonly string[]
  /** Functions of further modules, which other parts import: a call of one reads the part. */
  readonly functions?: Readonly<Record<string, readonly string[]>>
}

/**
 * The files of the command. V8 reads all of a file before it runs any of it, so what a start and the first requests do not need
 * stands apart. A start takes 0.83 / 0.84 / 0.91 / 0.83 of the CPU time of one file on Node 20 / 22 / 24 / 26 (`npm run bench:devices`).
 */
export const PARTS: readonly Part[] = [
  { name: 'cli-main', modules: ['src/cli/main.ts'] },
  {
    name: 'cli-serve',
    modules: ['src/cli/commands/serve.ts', 'src/cli/commands/start.ts', 'src/cli/output/messages.ts'],
  },
  {
    name: 'cli-rare',
    modules: [
      'src/cli/commands/exec.ts',
      'src/cli/commands/open-browser.ts',
      'src/cli/commands/start-upstream.ts',
      'src/mock/events/feed.ts',
      'src/mock/files/live-parts.ts',
    ],
    functions: {
      'src/cli/commands/start-failure.ts': ['explainStartFailure'],
      'src/mock/admin/accept-state.ts': ['acceptState', 'refusalOf', 'requireState'],
      'src/mock/admin/admin-api.ts': ['createAdminApi'],
      'src/mock/faults/fault-progress.ts': ['startFault'],
      'src/mock/faults/prefer.ts': ['readPreference'],
      'src/mock/faults/require-fault.ts': ['requireFault', 'wrong'],
      'src/mock/files/connect-live.ts': ['connectLive'],
      'src/mock/files/follow-document.ts': ['followDocument'],
      'src/mock/files/follow-state.ts': ['followState'],
      'src/mock/files/read-profile.ts': ['parseProfile', 'readProfile'],
      'src/mock/files/record-changes.ts': ['recorded'],
      'src/mock/files/try-document.ts': ['tryDocument'],
      'src/mock/next-version/complete-document.ts': ['completeDocument'],
      'src/mock/next-version/next-version.ts': ['createNextVersion'],
      'src/mock/profile/profiled-platform.ts': ['profiledPlatform'],
      'src/mock/requests/export/curl.ts': ['exportCurl'],
      'src/mock/requests/export/har.ts': ['exportHar'],
      'src/mock/requests/export/jest.ts': ['exportJest'],
      'src/mock/requests/pattern.ts': ['bodyDifferences', 'differences', 'headDifferences', 'sizeOf'],
      'src/mock/requests/verify.ts': ['verify', 'withHint'],
      'src/mock/site/index-page.ts': ['indexPage'],
      'src/openapi/check-document.ts': ['checkDocument'],
      'src/openapi/codecs/read-multipart.ts': ['isUploadedFile', 'readMultipart'],
      'src/openapi/codecs/read-xml.ts': ['parseXml', 'readXml'],
      'src/openapi/patterns/slow-rules.ts': ['slowRules'],
      'src/openapi/read-yaml.ts': ['readYaml'],
      'src/openapi/validators/express-validator.ts': ['createValidator'],
    },
  },
  {
    name: 'cli-contract',
    modules: ['contract', 'contract-cleanup', 'drift', 'import-har', 'report-run'].map(
      (name) => `src/cli/commands/${name}.ts`,
    ),
  },
]

/** The name of the file of a part, by the name of the part. */
export type FileOf = (part: string) => string

/** Has imports of another part read its file. To go back: bundle the command without this plugin, in one file. */
export const inParts = (fileOf: FileOf): Plugin => ({
  name: 'in-parts',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(part|reader):/ }, ({ path }) => {
      const [namespace = '', name = ''] = path.split(':')
      return { path: name, namespace }
    })
    onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, kind, namespace }) => {
      const file = join(resolveDir, path)
      if (kind === 'dynamic-import') return { path: `./${fileOf(partOf(file))}`, external: true }
      return namespace !== 'part' && STAND_INS.has(file) ? { path: file, namespace: 'stand-in' } : undefined
    })
    onResolve({ filter: /./, namespace: 'reader' }, ({ path }) => ({ path, external: true }))
    const resolveDir = pathOf('.')
    onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({ contents: contentsOf(path), resolveDir }))
    onLoad({ filter: /.*/, namespace: 'reader' }, ({ path }) => ({ contents: readerOf(fileOf(path)) }))
    onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({ contents: STAND_INS.get(path) ?? '' }))
  },
})

function partOf(file: string): string {
  const part = PARTS.find(({ modules }) => modules.some((name) => pathOf(name) === file))
  if (part) return part.name
  throw new Error(`${file} is imported where it is needed. Say in scripts/command-parts.ts in which part it is.`)
}

/** A part imports the one before it, so that esbuild leaves with the earlier one what both need. */
function contentsOf(name: string): string {
  const index = PARTS.findIndex((part) => part.name === name)
  const { modules = [], functions = {} } = PARTS[index] ?? {}
  const before = PARTS[index - 1]
  return [
    ...(before ? [`import 'part:${before.name}'`] : []),
    ...modules.map((file) => `export * from './${file}'`),
    ...Object.entries(functions).map(([file, names]) => `export { ${names.join(', ')} } from './${file}'`),
  ].join('\n')
}

/** Code in the place of modules, by their paths. */
const STAND_INS: ReadonlyMap<string, string> = new Map(
  PARTS.flatMap(({ name, functions = {} }) =>
    Object.entries(functions).map(([file, names]) => [pathOf(file), standInFor(name, names)] as const),
  ),
)

function standInFor(part: string, names: readonly string[]): string {
  const functions = names.map((name) => `export const ${name} = (...args) => read().${name}(...args)`)
  return [`import { read } from 'reader:${part}'`, ...functions].join('\n')
}

const readerOf = (file: string): string => `let part
export const read = () => (part ??= require('./${file}'))`
