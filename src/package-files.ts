import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Where a file of this package stands; `file` is relative to its package.json. */
export const pathOf = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))

/** The version of this package. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { version: string }).version
}

/** Loads, at once, what few need or what takes long: a package's name, or a file of this package. */
export function requirePackage<T>(name: string): T {
  return createRequire(import.meta.url)(name) as T
}
