import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import ts from 'typescript'
import { COMMAND } from '../scripts/bundle.ts'
import { bundleCommand } from '../scripts/bundle-command.ts'
import { pathOf } from '../src/openapi/package-files.ts'

/** The command without one of the devices that make it fast. */
interface Variant {
  /** The device that is left out. */
  readonly device: string
  /** Plugins of the build that are left out, by name. */
  readonly without?: readonly string[]
  /** The way back in a module of ours: its file, the line after which it is put, and the statement. */
  readonly wayBack?: readonly [file: string, after: string, statement: string]
  /** True for the command in one file. */
  readonly isWhole?: true
  /** Leaves out the files that the build prepared, by name. */
  readonly unprepared?: readonly string[]
}

/** Each device, left out in the way back that its own file names. */
export const VARIANTS: readonly Variant[] = [
  {
    device: 'Express prototypes',
    wayBack: [
      'express-server.ts',
      'createExpressServer(app: Express, onRefused?: OnRefused): Server {',
      'return createServer(app)',
    ],
  },
  {
    device: 'compiled validators',
    wayBack: ['compiled-validator.ts', '): Validator {', 'return createWhole(document)'],
  },
  {
    device: 'texts written once',
    wayBack: ['text-cache.ts', '(write: (value: unknown) => string): (value: unknown) => string {', 'return write'],
  },
  { device: 'packages that load late', without: ['load-late'] },
  { device: 'no code pages', without: ['load-late', 'without-codepages'] },
  { device: 'command in parts', isWhole: true },
  { device: 'prepared document', unprepared: ['document.json', 'validators.cjs'] },
]

const FOLDER = pathOf('.compiled/variants')

/** Builds the command without a device; resolves with the path of its first file. */
export async function buildVariant(variant: Variant): Promise<string> {
  const { device, without = [], wayBack, isWhole, unprepared = [] } = variant
  const folder = emptied(device)
  const bundle = join(folder, 'bundle')
  mkdirSync(bundle)
  const plugins = [
    ...(wayBack ? [goBack(...wayBack)] : []),
    ...COMMAND.plugins.filter(({ name }) => !without.includes(name)),
  ]
  if (isWhole) await build({ ...COMMAND, plugins, entryPoints: [pathOf(MAIN)], outfile: join(bundle, 'cli-main.cjs') })
  else await bundleCommand(bundle, { ...COMMAND, plugins })
  cpSync(pathOf('dist/bundle/cli.cjs'), join(bundle, 'cli.cjs'))
  linkPrepared(folder, unprepared)
  return join(bundle, 'cli.cjs')
}

const MAIN = 'src/cli/main.ts'

function emptied(name: string): string {
  const folder = join(FOLDER, name.replaceAll(' ', '-'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

function linkPrepared(folder: string, unprepared: readonly string[]): void {
  mkdirSync(join(folder, 'prepared'))
  for (const name of readdirSync(pathOf('dist/prepared')).filter((file) => !unprepared.includes(file)))
    symlinkSync(pathOf(`dist/prepared/${name}`), join(folder, 'prepared', name))
}

const goBack = (file: string, after: string, statement: string): Plugin => ({
  name: 'go-back',
  setup: ({ onLoad }) =>
    onLoad({ filter: new RegExp(`/${file}$`) }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes(after)) throw new Error(`${path} has no line that ends in ${after}`)
      return { contents: text.replace(after, `${after}\n${statement}`), loader: 'ts' }
    }),
})

/** Writes each module of the command as a file of its own, as `tsc` would; gives the path of the first one. */
export function writeUnbundled(): string {
  const folder = emptied('bundle')
  for (const file of ['src', 'fixtures'].flatMap(filesIn)) {
    const { outputText } = ts.transpileModule(readFileSync(pathOf(file), 'utf8'), { compilerOptions: OPTIONS })
    const target = join(folder, file.replace(/\.ts$/, '.js'))
    mkdirSync(join(target, '..'), { recursive: true })
    writeFileSync(target, outputText)
  }
  linkPrepared(join(folder, 'src'), [])
  return join(folder, 'src/cli/main.js')
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
}

const filesIn = (folder: string) =>
  readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test(\.support)?\.ts$/.test(file))
    .map((file) => join(folder, file))
