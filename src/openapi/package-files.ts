import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this package's package.json, above the sources, what `tsc` wrote of them and the bundle alike. */
const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)))

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder))
}

/** Where a file of this package stands; `file` is relative to its package.json. */
export const pathOf = (file: string): string => join(ROOT, file)

/** The version of this package. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { version: string }).version
}

/**
 * Loads a package that few runs need and that takes long to load. The build's CommonJS copy (`scripts/prepare.ts`) comes
 * first; without it, the package itself.
 */
export function loadPackage<T>(name: string): T {
  const copy = pathOf(`dist/prepared/${name}.cjs`)
  return createRequire(import.meta.url)(existsSync(copy) ? copy : name) as T
}
