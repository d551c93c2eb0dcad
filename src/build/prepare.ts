import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { pathOf } from '../package-files.ts'
import { parseApiDocument } from '../spec/document.ts'
import { prepareDocument } from './prepare-document.ts'
import { prepareValidators } from './prepare-validators.ts'

/** Does, once for all starts, what depends on `openapi.yaml` and on nothing else. */
async function prepare(): Promise<void> {
  rmSync(pathOf('dist/prepared'), { recursive: true, force: true })
  mkdirSync(pathOf('dist/prepared'))
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
  writeFileSync(pathOf('dist/prepared/document.json'), prepareDocument(text))
  await writeBundled('validators', await prepareValidators(parseApiDocument(text, 'openapi.yaml')))
}

/** A CommonJS module that requires nothing. */
async function writeBundled(name: string, source: string): Promise<void> {
  await build({
    stdin: { contents: source, resolveDir: pathOf('.'), sourcefile: `${name}.js` },
    outfile: pathOf(`dist/prepared/${name}.cjs`),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
  })
}

await prepare()
