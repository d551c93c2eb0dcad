import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'

/** The modules that call `url.parse` when a request comes, by the end of their path. */
const CALLERS = [
  join('express-openapi-validator', 'dist', 'middlewares', 'parsers', 'req.parameter.mutator.js'),
  join('parseurl', 'index.js'),
]

/**
 * Gives, in the bundles, these modules the `parse` of `parse-target.ts` for the one of `node:url`. From Node 24 on that one
 * prints a deprecation warning (DEP0169) to the user's terminal. To go back: take this out of the plugins in `bundle.ts`.
 */
export const withoutUrlParse: Plugin = {
  name: 'without-url-parse',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^(node:)?url$/ }, ({ importer }) =>
      CALLERS.some((caller) => importer.endsWith(caller)) ? { path: pathOf('scripts/parse-target.ts') } : undefined,
    )
  },
}
