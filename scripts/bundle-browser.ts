import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { listLines } from '../src/browser/line-list.ts'
import { packWords } from '../src/browser/word-list.ts'
import type { ApiDocument } from '../src/openapi/document.ts'
import { pathOf, readVersion } from '../src/openapi/package-files.ts'
import { ENTRIES } from './entries.ts'
import { listsOfFaker } from './words.ts'

/** A document of the package with the source of its validators, as a CommonJS module. */
type WithValidators = Pick<ApiDocument, 'json' | 'lines'> & { readonly source: string }

/** The documents that a page serves. */
export interface ForPages {
  readonly api: WithValidators
  readonly admin: WithValidators
}

const OPTIONS = {
  absWorkingDir: pathOf('.'),
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  metafile: true,
  legalComments: 'none',
  minify: true,
} as const satisfies BuildOptions

/** Writes the entries that run in a page, without any module of Node; resolves with the files that went into them. */
export async function bundleForPages(folder: string, documents: ForPages): Promise<string[]> {
  const inputs: string[] = []
  for (const [name, { source, onlyImport }] of Object.entries(ENTRIES).filter(([, { forPages }]) => forPages)) {
    const options = { ...OPTIONS, entryPoints: [pathOf(source)], plugins: [preparedBy(documents)] }
    const { metafile } = await build({ ...options, format: 'esm', outfile: join(folder, `${name}.mjs`) })
    inputs.push(...Object.keys(metafile.inputs))
    const required = join(folder, `${name}.cjs`)
    if (onlyImport) writeFileSync(required, `throw new Error(${JSON.stringify(onlyImport)})\n`)
    else await build({ ...options, format: 'cjs', outfile: required })
  }
  return inputs
}

/** Puts the prepared values in place of `src/browser/prepared.ts`. */
const preparedBy = (documents: ForPages): Plugin => ({
  name: 'prepared',
  setup: ({ onLoad, onResolve }) => {
    const resolveDir = pathOf('.')
    onLoad({ filter: /[\\/]src[\\/]browser[\\/]prepared\.ts$/ }, () => ({ contents: moduleOf(documents), resolveDir }))
    onLoad({ filter: /[\\/]fixtures[\\/]generated[\\/]words\.ts$/ }, async () => ({
      contents: await packedWords(),
      resolveDir,
    }))
    onResolve({ filter: /^validators:/ }, ({ path }) => ({ path, namespace: 'validators' }))
    onLoad({ filter: /:api$/, namespace: 'validators' }, () => ({ contents: slim(documents.api.source), resolveDir }))
    onLoad({ filter: /:admin$/, namespace: 'validators' }, () => ({
      contents: slim(documents.admin.source),
      resolveDir,
    }))
  },
})

const moduleOf = ({ api, admin }: ForPages) => `
import apiValidators from 'validators:api'
import adminValidators from 'validators:admin'
const value = {
  version: ${JSON.stringify(readVersion())},
  api: { ${partsOf(api)}, validators: apiValidators },
  admin: { ${partsOf(admin)}, validators: adminValidators },
}
export const prepared = () => value
`

/** The module of the words with packed lists. */
async function packedWords(): Promise<string> {
  const lists = Object.entries(await listsOfFaker()).map(
    ([name, list]) => `export const ${name} = unpackWords(${JSON.stringify(packWords(list ?? []))})`,
  )
  return [`import { unpackWords } from './src/browser/word-list.ts'`, ...lists].join('\n')
}

const partsOf = ({ json, lines }: WithValidators) =>
  `json: ${JSON.stringify(json)}, lines: ${JSON.stringify(listLines(json, lines))}`

/** Leaves out descriptions, and a part of each error, which no code reads. */
const slim = (source: string) =>
  source.replaceAll(/schemaPath:"[^"]*",/g, '').replaceAll(/"description":"(?:[^"\\]|\\.)*"(?:,|(?=\}))/g, '')
