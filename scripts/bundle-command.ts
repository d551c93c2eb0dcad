import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { type FileOf, inParts, PARTS } from './command-parts.ts'

/**
 * Writes the command in its parts; resolves with the files that went into them. esbuild divides ES modules alone, and leaves two
 * files for each part: its code, and the names that others import. A second pass makes one CommonJS file of both.
 *
 * `version` is of the sources, and stands in the names of the parts that are read late. If files are replaced while a mock runs,
 * it does not read a part of another version, in which other names stand for the same things.
 */
export async function bundleCommand(folder: string, options: BuildOptions, version: string): Promise<string[]> {
  const fileOf: FileOf = (part) => (part === PARTS[0]?.name ? `${part}.cjs` : `${part}-${version}.cjs`)
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
      await build({ ...options, ...wholePart(divided, name, owners, fileOf), outfile: join(folder, fileOf(name)) })
    return Object.keys(metafile.inputs)
  } finally {
    rmSync(divided, { recursive: true })
  }
}

/** The part that each file goes into, by the name of the file: the first one that imports it. */
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
function wholePart(folder: string, part: string, owners: ReadonlyMap<string, string>, fileOf: FileOf): BuildOptions {
  const own = [...owners].filter(([, owner]) => owner === part)
  const required: Plugin = {
    name: 'required-parts',
    setup: ({ onResolve }) =>
      onResolve({ filter: /\.mjs$/ }, ({ path }) => {
        const owner = owners.get(basename(path))
        if (owner === undefined) throw new Error(`No part has ${path}.`)
        return owner === part ? undefined : { path: `./${fileOf(owner)}`, external: true }
      }),
  }
  return {
    plugins: [required],
    stdin: { contents: own.map(([file]) => `export * from './${file}'`).join('\n'), resolveDir: resolve(folder) },
  }
}
