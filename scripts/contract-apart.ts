import type { Plugin } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'

const FILE = './cli-contract.cjs'
const MODULES = /^\.\/(commands\/)?(contract|contract-cleanup|drift|import-har|report-run)\.ts$/

/**
 * Leaves the commands of the contract suite, and those that end like them, out of the command's bundle, and reads them from
 * a file of their own when one of them is called. They are a quarter of the bundle, and V8 reads all of a file before it runs any of it. To go back: take
 * this out of the plugins in `bundle.ts`.
 */
export const contractApart: Plugin = {
  name: 'contract-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: MODULES }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: FILE, external: true } : undefined,
    )
  },
}

/** Takes the mock that these commands ask in their own process from the package's main file: 0.6 MB less to install. */
export const mockFromPackage: Plugin = {
  name: 'mock-from-package',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/\.\.\/index\.ts$/ }, () => ({ path: './index.cjs', external: true }))
  },
}

/** How that file is bundled. */
export const CONTRACT = {
  stdin: {
    contents: ['contract', 'contract-cleanup', 'drift', 'import-har', 'report-run']
      .map((name) => `export * from './${name}.ts'`)
      .join('\n'),
    resolveDir: pathOf('src/cli/commands'),
    sourcefile: 'cli-contract.ts',
    loader: 'ts',
  },
} as const
