import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { type FileOf, inParts, PARTS } from './command-parts.ts'
import { sourcesDigest } from './freshness.ts'

/**
 * Writes the command in its parts; resolves with the files that went into them. esbuild divides ES modules alone, and leaves two
 * files for each part: its code, and the names that others import. A second pass makes one CommonJS file of both.
 */
export async function bundleCommand(folder: string, options: BuildOptions): Promise<string[]> {
  const divided = mkdtempSync(join(folder, 'divided-'))
  try {
    const { metafile } = await build({
      ...options,
      // For the second pass.
      define: {},
      banner: {},
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      splitting: true,
      metafile: true,
      entryPoints: PARTS.map(({ name }) => ({ in: `part:${name}`, out: name })),
      plugins: [inParts(fileOf), ...(options.plugins ?? [])],
      // A name that two modules of a part export would be missing without a word.
      logOverride: { 'ambiguous-reexport': 'error' },
      outdir: divided,
    })
    const owners = ownersOf(metafile)
    for (const { name } of PARTS)
      await build({ ...options, ...wholePart(divided, name, owners), outfile: join(folder, fileOf(name)) })
    return Object.keys(metafile.inputs)
  } finally {
    rmSync(divided, { recursive: true })
  }
}

/**
 * A part is read late, and understands only those that were built with it: a build of other sources has other names. The first
 * part is read at once.
 */
const fileOf: FileOf = (part) => (part === PARTS[0]?.name ? `${part}.cjs` : `${part}-${SOURCES}.cjs`)

const SOURCES = sourcesDigest().slice(0, 8)

/** By the name of each file, the first part that imports it, and so has it. */
function ownersOf({ outputs }: Metafile): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  const imports = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output.imports]))
  const give = (file: string, part: string): void => {
    if (owners.has(file)) return
    owners.set(file, part)
    for (const { path, kind, external } of imports.get(file) ?? [])
      if (kind === 'import-statement' && !external) give(basename(path), part)
  }
  for (const { name } of PARTS) give(`${name}.mjs`, name)
  return owners
}

/** One part with all of its files; those of other parts are required. */
function wholePart(folder: string, part: string, owners: ReadonlyMap<string, string>): BuildOptions {
  const own = [...owners].filter(([, owner]) => owner === part)
  const required: Plugin = {
    name: 'required-parts',
    setup: ({ onResolve }) =>
      onResolve({ filter: /\.mjs$/ }, ({ path }) => {
        const owner = owners.get(basename(path)) ?? part
        return owner === part ? undefined : { path: `./${fileOf(owner)}`, external: true }
      }),
  }
  return {
    plugins: [required],
    stdin: { contents: own.map(([file]) => `export * from './${file}'`).join('\n'), resolveDir: resolve(folder) },
  }
}
