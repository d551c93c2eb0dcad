import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'
import { bundleCommand } from './bundle-command.ts'
import { ENTRIES, type Entry } from './entries.ts'
import { loadLate } from './late-packages.ts'
import { REQUIRE_NODE, requireNodeOr } from './require-node.ts'
import { withoutCodepages } from './without-codepages.ts'
import { withoutUrlParse } from './without-url-parse.ts'
import { withoutViews } from './without-views.ts'

const COMMON = {
  absWorkingDir: pathOf('.'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  metafile: true,
  legalComments: 'none',
  minifyWhitespace: true,
  minifySyntax: true,
} as const satisfies BuildOptions

const NODE_GLOBALS = pathOf('scripts/node-globals.js')

/** Node 14 has no such assignments. It has to read a bundle to say that it is too old for it. */
const READABLE = { 'logical-assignment': false } as const

/** CommonJS has no `import.meta`. */
const IMPORT_META = { 'import.meta.url': 'importMetaUrl', 'import.meta.filename': '__filename' }
const IMPORT_META_URL = 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href'

const COMMON_JS = {
  ...COMMON,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  supported: READABLE,
  inject: [NODE_GLOBALS],
  define: IMPORT_META,
  banner: { js: `${REQUIRE_NODE}\n${IMPORT_META_URL}` },
} as const satisfies BuildOptions

/** Changes to packages on their way into a bundle; each says in its file why, and how to go back. */
const pluginsFor = (late?: string): Plugin[] => [loadLate(late), withoutCodepages, withoutUrlParse, withoutViews]

/** The command's first file. It says where Node keeps compiled code; its own is compiled by then, and so never kept. */
const LAUNCHER = `
import { keepCompiledCode } from './src/cli/compile-cache.ts'
keepCompiledCode()
require('./cli-main.cjs')
`

/**
 * Writes the command in its parts, and each entry as one file; resolves with the files that went into them. Node takes longer to find and
 * read a hundred small modules than to run them: a start takes 0.24 to 0.30 of the CPU time of separate modules on
 * Node 20, 22, 24 and 26 (`npm run bench:devices`). To go back: run the output of `tsc`.
 */
export async function bundle(folder: string, version: string): Promise<string[]> {
  const inputs = [...(await bundleCommonJs(folder, version)), ...(await bundleModules(folder))]
  return [...inputs, ...(await bundleLauncher(join(folder, 'cli.cjs')))]
}

/** Writes the command's first file; resolves with the files that went into it. */
export async function bundleLauncher(outfile: string, plugins: Plugin[] = []): Promise<string[]> {
  const { metafile } = await build({
    ...COMMON,
    format: 'cjs',
    // Also Nodes that are too old have to read it.
    target: 'es2015',
    banner: { js: `#!/usr/bin/env node\n${requireNodeOr('console.error(message); process.exit(2)')}` },
    external: ['./cli-main.cjs'],
    plugins,
    stdin: { contents: LAUNCHER, resolveDir: pathOf('.'), sourcefile: 'launcher.js' },
    outfile,
  })
  chmodSync(outfile, 0o755)
  return Object.keys(metafile.inputs)
}

const entries = (isWanted: (entry: Entry) => boolean) => Object.entries(ENTRIES).filter(([, entry]) => isWanted(entry))
const pointsOf = (list: readonly (readonly [string, Entry])[]) =>
  list.map(([out, { source }]) => ({ in: pathOf(source), out }))

/** The names by which entries are imported, where they are not the names of their files. */
const PACKAGE_NAMES: Readonly<Record<string, string>> = {
  index: 'inboxes-mock',
  'testing-jest': 'inboxes-mock/testing/jest',
  'testing-playwright': 'inboxes-mock/testing/playwright',
}

/**
 * How the command is bundled. Names are short, as nobody imports it: V8 reads all of a file before it runs any of it. A start takes
 * 0.94 of the CPU time with them on Node 20, and as much as without them on 22, 24 and 26, where compiled code is kept
 * (`npm run bench:devices`). To go back: leave out `minifyIdentifiers`. What is imported keeps its names, which users see in stack traces.
 */
export const COMMAND = {
  ...COMMON,
  format: 'cjs',
  minifyIdentifiers: true,
  define: IMPORT_META,
  banner: { js: IMPORT_META_URL },
  plugins: pluginsFor(),
  // A part is required; an import would go through the loader of ES modules.
  supported: { 'dynamic-import': false },
} satisfies BuildOptions

async function bundleCommonJs(folder: string, version: string): Promise<string[]> {
  const wanted = entries(({ onlyImport, forPages }) => onlyImport === undefined && !forPages)
  const command = await bundleCommand(folder, COMMAND, version)
  const { metafile } = await build({
    ...COMMON_JS,
    entryPoints: pointsOf(wanted),
    outdir: folder,
    plugins: pluginsFor(),
    // An import at run time is of a module in the same file.
    supported: { ...READABLE, 'dynamic-import': false },
  })
  for (const [name] of wanted)
    writeFileSync(join(folder, `${name}.mjs`), moduleAround(join(folder, `${name}.cjs`), name))
  return [...command, ...Object.keys(metafile.inputs)]
}

/**
 * An ES module around the CommonJS one, so that there is one copy. An import would have Node search all of it for names.
 * A user's bundler takes this file alone; it then loads the installed package from where the bundle runs.
 */
function moduleAround(file: string, name: string): string {
  const names = Object.keys(createRequire(import.meta.url)(file))
  // Bundlers follow a createRequire that is imported by its name.
  return `import module from 'node:module'
export const { ${names.join(', ')} } = load('${PACKAGE_NAMES[name] ?? `inboxes-mock/${name}`}')
function load(name) {
  for (const from of [import.meta.url, process.argv[1], process.cwd() + '/']) {
    const file = find(name, from)
    if (file) return module.createRequire(from)(file)
  }
  throw new Error(name + ' is not installed where this bundle runs. Install it there, or run the bundle where it is.')
}
function find(name, from) {
  try {
    return module.createRequire(from).resolve(name)
  } catch {}
}
`
}

async function bundleModules(folder: string): Promise<string[]> {
  const inputs = entries(({ onlyImport, forPages }) => onlyImport !== undefined && !forPages).map(
    async ([name, entry]) => {
      const { metafile } = await build({
        ...COMMON,
        format: 'esm',
        outExtension: { '.js': '.mjs' },
        inject: [NODE_GLOBALS],
        external: [...(entry.external ?? [])],
        entryPoints: pointsOf([[name, entry]]),
        outdir: folder,
      })
      writeFileSync(join(folder, `${name}.cjs`), `throw new Error(${JSON.stringify(entry.onlyImport)})\n`)
      return Object.keys(metafile.inputs)
    },
  )
  return (await Promise.all(inputs)).flat()
}

/** Modules that use no name of a function or class: short names make them 0.3 MB smaller. */
const NAMELESS = /validators$|^(yaml|fast-check|qs|mime-types|body-parser|debug|etag)$/

/** Writes a CommonJS module for `loadPackage` into a folder; resolves with the files that went into it. */
export async function bundleLate(folder: string, name: string, contents: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const { metafile } = await build({
    ...COMMON_JS,
    minifyIdentifiers: NAMELESS.test(name),
    // The steps of express-openapi-validator are found by the names of their functions, which a shorter syntax drops.
    minifySyntax: name !== 'express-openapi-validator',
    plugins: pluginsFor(name),
    external: ['./express-openapi-validator.cjs'],
    stdin: { contents, resolveDir: pathOf('.'), sourcefile: `${name}.js` },
    outfile: join(folder, `${name}.cjs`),
  })
  return Object.keys(metafile.inputs)
}
