import { mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)))

/** Here and in compiled files alike, the first folder above that is not `scripts` or `.compiled`. */
function rootAbove(folder) {
  return /[\\/](scripts|\.compiled)$/.test(folder) ? dirname(folder) : folder
}

/**
 * Compiles a TypeScript file of this repository, with all of ours that it imports, into one that every Node runs; packages
 * stay outside. Resolves with its path. Old Nodes cannot run TypeScript, and `tsc` takes 20 s for it.
 */
export async function compile(file) {
  const name = file.replaceAll('/', '+').replace(/\.ts$/, '.mjs')
  const path = join(ROOT, '.compiled', name)
  const written = `${path}.${process.pid}`
  mkdirSync(dirname(path), { recursive: true })
  await build({ ...OPTIONS, entryPoints: [join(ROOT, file)], outfile: written })
  // Another process may read the file at this moment.
  renameSync(written, path)
  return path
}

const OPTIONS = {
  bundle: true,
  packages: 'external',
  // The types of this name are those of the sources (tsconfig.json); an import of it means the built package.
  external: ['inboxes-mock', 'inboxes-mock/*'],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  absWorkingDir: ROOT,
  sourcemap: 'inline',
  logLevel: 'warning',
}
