import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Bundlers of users follow a createRequire that is imported by its name.
const { createRequire } = module

const HERE = dirname(fileURLToPath(import.meta.url))

/** The name of this package. */
const NAME = 'inboxes-mock'

/** The folder of this package's package.json, above the sources and the bundles alike. */
const ROOT = findRoot()

/** Code that a user's bundler has moved finds the installed package from where it runs. */
function findRoot(): string {
  const root = rootAbove(HERE) ?? installedFrom(HERE) ?? installedFrom(process.cwd())
  if (root !== undefined) return root
  throw new Error(
    `inboxes-mock does not find its own files from ${HERE}, to where a bundler has moved its code. ` +
      'Keep the package out of the bundle (--external:inboxes-mock in esbuild, externals in webpack), and install it where the bundle runs.',
  )
}

function rootAbove(folder: string): string | undefined {
  if (isRoot(folder)) return folder
  return dirname(folder) === folder ? undefined : rootAbove(dirname(folder))
}

function isRoot(folder: string): boolean {
  const file = join(folder, 'package.json')
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === NAME
}

function installedFrom(folder: string): string | undefined {
  try {
    return dirname(createRequire(join(folder, 'any')).resolve(`${NAME}/package.json`))
  } catch {
    return undefined
  }
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
  const folders = [join(HERE, '../prepared'), ...(rootAbove(HERE) === undefined ? [pathOf('dist/prepared')] : [])]
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
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
