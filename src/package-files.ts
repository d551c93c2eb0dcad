import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Where a file of this package stands; `file` is relative to its package.json. */
export const pathOf = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))

/** The version of this package. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { version: string }).version
}

/**
 * Loads, at once, what few need and what takes long: the build's CommonJS copy of a package (`build/prepare.ts`), or the
 * package itself while there is none.
 */
export function loadPackage<T>(name: string): T {
  const copy = pathOf(`dist/prepared/${name}.cjs`)
  return createRequire(import.meta.url)(existsSync(copy) ? copy : name) as T
}
