import { loadPackage } from './package-files.ts'

/** The YAML package, loaded at its first use: a mock of the package's own document needs none. */
export const yaml = (): typeof import('yaml') => loadPackage('yaml')
