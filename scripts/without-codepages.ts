import { join } from 'node:path'
import type { Plugin } from 'esbuild'

const ENTRY = join('iconv-lite', 'lib', 'index.js')

/**
 * Leaves out the tables of 100 code pages of iconv-lite 0.7.3, which Express's body parsers bring along: half a megabyte in
 * each bundle. That makes the package smaller, and no start faster, as body-parser is loaded late. Bodies are read as bytes here, and
 * decoded as UTF-8 (`mock/validation/body.ts`). The encodings that Node itself knows stay. To go back: take it out of the plugins in
 * `bundle.ts`.
 */
export const withoutCodepages: Plugin = {
  name: 'without-codepages',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/encodings$/ }, ({ importer, resolveDir }) =>
      importer.endsWith(ENTRY) ? { path: join(resolveDir, '..', 'encodings', 'internal.js') } : undefined,
    )
  },
}
