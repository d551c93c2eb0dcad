import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { listLines } from '../src/browser/line-list.ts'
import { packWords } from '../src/browser/word-list.ts'
import type { ApiDocument } from '../src/openapi/document.ts'
import { pathOf, readVersion } from '../src/openapi/package-files.ts'
import { ENTRIES } from './entries.ts'
import { slimValidators } from './slim-validators.ts'
import { withoutUnusedMethods } from './unused-methods.ts'
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
    // For XML 1.1, which is read as 1.0.
    onLoad({ filter: /[\\/]xmlchars[\\/]xml[\\/]1\.1[\\/]ed2\.js$/ }, () => ({ contents: '' }))
    onLoad({ filter: /[\\/]sorted-btree[\\/]b\+tree\.js$/ }, ({ path }) => ({
      contents: withoutUnusedMethods(readFileSync(path, 'utf8'), CALLED),
    }))
    // A page has no live server behind it (`src/mock/upstream`), nobody who listens to it (`src/mock/events`), no runs, and no tables.
    onLoad({ filter: /[\\/]src[\\/]mock[\\/]admin[\\/](upstream|events|runs|find-records)\.ts$/ }, () => ({
      contents: '',
    }))
    onResolve({ filter: /^validators:/ }, ({ path }) => ({ path, namespace: 'validators' }))
    onLoad({ filter: /:api$/, namespace: 'validators' }, () => ({
      contents: slimValidators(documents.api.source),
      resolveDir,
    }))
    onLoad({ filter: /:admin$/, namespace: 'validators' }, () => ({
      contents: slimValidators(documents.admin.source),
      resolveDir,
    }))
  },
})

/** The methods of sorted-btree that `src/mock/store` calls, and those that its comparison of trees does. */
export const CALLED: readonly string[] = [
  'get',
  'has',
  'set',
  'delete',
  'clone',
  'entries',
  'keys',
  'keysArray',
  'maxKey',
]

const moduleOf = ({ api, admin }: ForPages) => `
import apiValidators from 'validators:api'
import adminValidators from 'validators:admin'
const value = {
  version: ${JSON.stringify(readVersion())},
  api: { ${partsOf({ ...api, json: withoutInferredTexts(api.json) })}, validators: apiValidators },
  admin: { ${partsOf({ ...admin, json: withoutTexts(admin.json) })}, validators: adminValidators },
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

/** The control plane's document without the texts that OpenAPI does not ask for: a page shows them to nobody. */
function withoutTexts<T>(node: T, parents: readonly string[] = []): T {
  if (Array.isArray(node)) return node.map((item) => withoutTexts(item)) as T
  if (node === null || typeof node !== 'object') return node
  const isText = (name: string, child: unknown) => /^(description|summary)$/.test(name) && typeof child === 'string'
  const isNeeded = parents.at(-2) === 'responses' || parents.at(-1) === 'properties'
  const kept = Object.entries(node).filter(([name, child]) => isNeeded || !isText(name, child))
  return Object.fromEntries(kept.map(([name, child]) => [name, withoutTexts(child, [...parents, name])])) as T
}

/** The API's document without such texts in its inferred parts: the published ones stay as they are. */
function withoutInferredTexts<T>(node: T, parents: readonly string[] = []): T {
  if (Array.isArray(node)) return node.map((item) => withoutInferredTexts(item)) as T
  if (node === null || typeof node !== 'object') return node
  if (Reflect.get(node, 'x-inferred') === true) return withoutTexts(node, parents)
  const children = Object.entries(node).map(([name, child]) => [name, withoutInferredTexts(child, [...parents, name])])
  return Object.fromEntries(children) as T
}

const partsOf = ({ json, lines }: WithValidators) =>
  `json: ${JSON.stringify(json)}, lines: ${JSON.stringify(listLines(json, lines))}`
