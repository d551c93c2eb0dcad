import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathOf } from '../src/openapi/package-files.ts'

/** The files and folders that a build depends on. The lockfile stands for the packages. */
const SOURCES = ['src', 'fixtures', 'scripts', 'openapi.yaml', 'package.json', 'package-lock.json', 'tsconfig.json']

/** The file in `dist` that says which sources it was built from. */
export const STAMP = 'sources.sha256'

/** Whether a build is of the sources as they are now. */
export function isFresh(dist: string): boolean {
  const stamp = join(dist, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesDigest()
}

/** A digest of the sources; tests do not count. */
export function sourcesDigest(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesIn)) hash.update(`${file}\0`).update(readFileSync(pathOf(file)))
  return hash.digest('hex')
}

function filesIn(name: string): string[] {
  if (name.includes('.')) return [name]
  return readdirSync(pathOf(name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name).slice(pathOf('').length))
    .sort()
}
