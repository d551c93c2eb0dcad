import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'
import { bundleTypes } from './bundle-types.ts'
import { loadLate } from './late-packages.ts'
import { LAUNCHER } from './launcher.ts'
import { withoutCodepages } from './without-codepages.ts'

const COMMON = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  metafile: true,
  legalComments: 'none',
  minifyWhitespace: true,
  define: { 'import.meta.url': 'importMetaUrl', 'import.meta.filename': '__filename' },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href' },
} as const satisfies BuildOptions

/** What is imported from the package, by the name of its file, and the module that it is made from, without the ending. */
const PUBLIC = {
  index: 'dist/src/index',
  contract: 'dist/src/contract/index',
  testing: 'dist/src/testing/index',
  'testing-jest': 'dist/src/testing/jest',
  'testing-playwright': 'dist/src/testing/playwright',
}

const VITEST = { 'testing-vitest': 'dist/src/testing/vitest' }

/**
 * Writes the command and what is imported from the package as one file each; gives the files that went into them. Node
 * takes longer to find and read a hundred small modules than to run them.
 */
export async function bundle(): Promise<string[]> {
  const { metafile } = await build({
    ...COMMON,
    entryPoints: Object.entries({ 'cli-main': 'dist/src/cli/main', ...PUBLIC }).map(([out, module]) => ({
      in: pathOf(`${module}.js`),
      out,
    })),
    outdir: pathOf('dist/bundle'),
    plugins: [loadLate(), withoutCodepages],
    outExtension: { '.js': '.cjs' },
  })
  writeFileSync(pathOf('dist/bundle/cli.cjs'), LAUNCHER, { mode: 0o755 })
  for (const [name, module] of Object.entries(PUBLIC)) {
    writeFileSync(pathOf(`dist/bundle/${name}.mjs`), await moduleOf(`${module}.js`, `./${name}.cjs`))
  }
  bundleTypes(declarationsOf({ ...PUBLIC, ...VITEST }))
  return [...Object.keys(metafile.inputs), ...(await bundleForVitest())]
}

const declarationsOf = (modules: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(modules).map(([name, module]) => [name, `${module}.d.ts`]))

const ONLY_IMPORT = 'inboxes-mock/testing/vitest must be imported, as vitest itself: require does not work.'

/** Vitest can be imported by ES modules alone; who requires it is told so. */
async function bundleForVitest(): Promise<string[]> {
  const { metafile } = await build({
    ...COMMON,
    format: 'esm',
    define: {},
    banner: {},
    external: ['vitest'],
    entryPoints: Object.entries(VITEST).map(([out, module]) => ({ in: pathOf(`${module}.js`), out })),
    outdir: pathOf('dist/bundle'),
    outExtension: { '.js': '.mjs' },
  })
  for (const name of Object.keys(VITEST))
    writeFileSync(pathOf(`dist/bundle/${name}.cjs`), `throw new Error(${JSON.stringify(ONLY_IMPORT)})\n`)
  return Object.keys(metafile.inputs)
}

/** An ES module around the CommonJS one, so that there is one of it. An import of it would have Node search all of it for names. */
async function moduleOf(source: string, file: string): Promise<string> {
  const names = Object.keys(await import(pathToFileURL(pathOf(source)).href))
  return [
    `import { createRequire } from 'node:module'`,
    `export const { ${names.join(', ')} } = createRequire(import.meta.url)('${file}')`,
    '',
  ].join('\n')
}

/** Writes a CommonJS module that requires nothing but others like it, for `loadPackage`; gives the files that went into it. */
export async function bundleLate(name: string, contents: string): Promise<string[]> {
  const { metafile } = await build({
    ...COMMON,
    plugins: [loadLate(name), withoutCodepages],
    stdin: { contents, resolveDir: pathOf('.'), sourcefile: `${name}.js` },
    outfile: pathOf(`dist/prepared/${name}.cjs`),
  })
  return Object.keys(metafile.inputs)
}
