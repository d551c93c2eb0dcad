import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import ts from 'typescript'
import { bundleLauncher, COMMAND } from '../scripts/bundle.ts'
import { bundleCommand } from '../scripts/bundle-command.ts'
import { pathOf } from '../src/openapi/package-files.ts'

/** The command without one of the devices that make it fast. */
interface Variant {
  /** The device that is left out. */
  readonly device: string
  /** The plugin of the build that is left out, by name. */
  readonly without?: string
  /** The way back in a module of ours: its file, the line after which it is put, and the statement. */
  readonly wayBack?: readonly [file: string, after: string, statement: string]
  /** Options of the build that are other than those of the command. */
  readonly options?: BuildOptions
  /** True for the command in one file. */
  readonly isWhole?: true
  /** Leaves out the files that the build prepared, by name. */
  readonly unprepared?: readonly string[]
}

/** Each device, and how it is left out. */
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
  { device: 'packages that load late', without: 'load-late' },
  { device: 'command in parts', isWhole: true },
  { device: 'short names', options: { minifyIdentifiers: false } },
  { device: 'compile cache', wayBack: ['compile-cache.ts', 'keepCompiledCode(): void {', 'return'] },
  { device: 'prepared document', unprepared: ['document.json', 'validators.cjs'] },
]

const FOLDER = pathOf('.compiled/variants')
const MAIN = 'src/cli/main.ts'

/** Builds the command without a device; resolves with the path of its first file. Rejects if there is nothing to leave out. */
export async function buildVariant({
  device,
  without,
  wayBack,
  options,
  isWhole,
  unprepared,
}: Variant): Promise<string> {
  const folder = emptied(device)
  const bundle = join(folder, 'bundle')
  mkdirSync(bundle)
  const back = wayBack && goBack(...wayBack)
  const plugins = [...(back ? [back.plugin] : []), ...COMMAND.plugins.filter(({ name }) => name !== without)]
  if (without !== undefined)
    requireKnown(
      [without],
      COMMAND.plugins.map(({ name }) => name),
    )
  const command = { ...COMMAND, ...options, plugins }
  if (isWhole) await build({ ...command, entryPoints: [pathOf(MAIN)], outfile: join(bundle, 'cli-main.cjs') })
  else await bundleCommand(bundle, command, 'variant')
  await bundleLauncher(join(bundle, 'cli.cjs'), plugins)
  if (back && !back.isGone()) throw new Error(`No file of the command is ${wayBack?.[0]}.`)
  linkPrepared(folder, unprepared)
  return join(bundle, 'cli.cjs')
}

function requireKnown(names: readonly string[], known: readonly string[]): void {
  for (const name of names) if (!known.includes(name)) throw new Error(`There is no ${name} to leave out.`)
}

function emptied(name: string): string {
  const folder = join(FOLDER, name.replaceAll(' ', '-'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

function linkPrepared(folder: string, unprepared: readonly string[] = []): void {
  mkdirSync(join(folder, 'prepared'))
  const prepared = readdirSync(pathOf('dist/prepared'))
  requireKnown(unprepared, prepared)
  for (const name of prepared.filter((file) => !unprepared.includes(file)))
    symlinkSync(pathOf(`dist/prepared/${name}`), join(folder, 'prepared', name))
}

/** A plugin that puts a statement into a file, and whether it has met the file. */
function goBack(file: string, after: string, statement: string): { plugin: Plugin; isGone: () => boolean } {
  let isGone = false
  const plugin: Plugin = {
    name: 'go-back',
    setup: ({ onLoad }) =>
      onLoad({ filter: new RegExp(`/${file}$`) }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (!text.includes(after)) throw new Error(`${path} has no line that ends in ${after}`)
        isGone = true
        return { contents: text.replace(after, `${after}\n${statement}`), loader: 'ts' }
      }),
  }
  return { plugin, isGone: () => isGone }
}

/** Writes each module of the command as a file of its own, as `tsc` would; gives the path of the first one. */
export function writeUnbundled(): string {
  const folder = emptied('bundle')
  for (const file of ['src', 'fixtures'].flatMap(filesIn)) {
    const { outputText } = ts.transpileModule(readFileSync(pathOf(file), 'utf8'), { compilerOptions: OPTIONS })
    const target = join(folder, file.replace(/\.ts$/, '.js'))
    mkdirSync(join(target, '..'), { recursive: true })
    writeFileSync(target, outputText)
  }
  linkPrepared(join(folder, 'src'))
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
