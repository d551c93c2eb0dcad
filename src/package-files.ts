import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where a file of this package stands; `file` is relative to its package.json. */
export const pathOf = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))

/** The version of this package. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { version: string }).version
}
