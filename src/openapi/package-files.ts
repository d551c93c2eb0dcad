import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))

/** The folder of this package's package.json, above the sources, the output of `tsc` and the bundles alike. */
const ROOT = rootAbove(HERE)

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder))
}

/** The path of a file of this package; `file` is relative to its package.json. */
export const pathOf = (file: string): string => join(ROOT, file)

/** The version of this package. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { version: string }).version
}

/**
 * The path of a file that the build prepared (`scripts/build.ts`), undefined without one. Only bundles stand beside the
 * prepared files, so sources never read what an older build left.
 */
export function preparedFile(name: string): string | undefined {
  const file = join(HERE, '../prepared', name)
  return existsSync(file) ? file : undefined
}

/** Where an installed package is found, if the build's copy has a shorter name. */
const INSTALLED: Readonly<Record<string, string>> = {
  'ajv-factory': 'express-openapi-validator/dist/framework/ajv/factory',
  'openapi-schema': 'express-openapi-validator/dist/framework/openapi.schema.validator',
}

/**
 * Loads a package that few runs need and that takes long to load: the build's CommonJS copy, or the installed package
 * where the sources run.
 */
export function loadPackage<T>(name: string): T {
  return createRequire(import.meta.url)(preparedFile(`${name}.cjs`) ?? INSTALLED[name] ?? name) as T
}
