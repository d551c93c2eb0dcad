import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite'
import { parse } from 'yaml'
import { pathOf } from '../src/openapi/package-files.ts'

/** The path below which the mock serves the files of the page. */
const BASE = '/__admin/ui/'

/** A file of the page, as `files.json` lists it for the server. */
interface UiFile {
  readonly path: string
  /** Below `dist/ui`, compressed. */
  readonly file: string
  readonly type: string
  readonly etag: string
  /** Before it was compressed. */
  readonly bytes: number
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

/**
 * Builds the page into `ui/` of a folder; resolves with the files that went into it. Its files are stored compressed, as they are
 * sent: the package has a limit of size.
 */
export async function buildUi(folder: string): Promise<string[]> {
  const ui = join(folder, 'ui')
  mkdirSync(join(ui, 'assets'), { recursive: true })
  const { output } = await bundle()
  writeFileSync(join(ui, 'files.json'), `${JSON.stringify(output.map((one) => store(ui, one)))}\n`)
  return output.flatMap((one) => (one.type === 'chunk' ? inputsOf(one) : []))
}

/** The page's own files have no licence of others; the names of packages are as esbuild lists them, from the root. */
const inputsOf = ({ moduleIds }: Rolldown.OutputChunk): string[] =>
  moduleIds.flatMap((id) => /node_modules\/.*/.exec(id.replaceAll('\\', '/'))?.[0] ?? [])

async function bundle(): Promise<Rolldown.RolldownOutput> {
  const built = await build(CONFIG)
  const [first] = Array.isArray(built) ? built : [built]
  if (first === undefined || !('output' in first)) throw new Error('Vite wrote no page.')
  return first
}

/** The schemas of the control plane's document that forms are made of. */
const controlSchemas: Plugin = {
  name: 'control-schemas',
  resolveId: (name) => (name === 'control-schemas' ? name : undefined),
  load: (name) => (name === 'control-schemas' ? `export default ${JSON.stringify(readSchemas())}` : undefined),
}

/** Forms are made for faults and runs: records have the schemas of the API's document. */
const WANTED = /^Fault|Step$|^RunInput$|^UpstreamChange$|^UpstreamMode$/

function readSchemas(): Readonly<Record<string, unknown>> {
  const { components } = parse(readFileSync(pathOf('src/mock/admin/openapi.yaml'), 'utf8'))
  return Object.fromEntries(Object.entries(components.schemas).filter(([name]) => WANTED.test(name)))
}

const CONFIG: InlineConfig = {
  configFile: false,
  envDir: false,
  publicDir: false,
  root: pathOf('src/ui'),
  base: BASE,
  logLevel: 'warn',
  plugins: [controlSchemas],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    write: false,
    // The first browsers with light-dark() in CSS and AbortSignal.any().
    target: ['chrome123', 'firefox124', 'safari17.5'],
    // The page's policy has no inline code and no data but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}

/** Stores one file compressed; gives its line of the list. */
function store(ui: string, output: Rolldown.OutputChunk | Rolldown.OutputAsset): UiFile {
  const bytes = Buffer.from(output.type === 'chunk' ? output.code : output.source)
  const packed = gzipSync(bytes, { level: 9 })
  const file = `${output.fileName}.gz`
  writeFileSync(join(ui, file), packed)
  return {
    path: output.fileName === 'index.html' ? '/' : BASE + output.fileName,
    file,
    type: typeOf(output.fileName),
    etag: `"${createHash('sha256').update(packed).digest('base64url').slice(0, 22)}"`,
    bytes: bytes.length,
  }
}

function typeOf(name: string): string {
  const type = TYPES[basename(name).split('.').at(-1) ?? '']
  if (type === undefined) throw new Error(`${name} has no media type yet: add one to scripts/build-ui.ts.`)
  return type
}
