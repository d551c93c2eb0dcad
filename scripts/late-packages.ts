import type { Plugin } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'

/**
 * Packages that Express 5.3.0 loads at once and few requests need, with the functions that Express calls; none where the
 * package is itself the function. To load them takes half as long as to load all of Express: body-parser brings half a
 * megabyte of character sets, mime-types fills its tables, etag and cookie-signature load node:crypto, debug node:tty.
 * A start takes 0.89 / 0.79 / 0.81 / 0.73 of the CPU time without this on Node 20 / 22 / 24 / 26 (`npm run bench:devices`).
 */
export const LATE: Readonly<Record<string, readonly string[]>> = {
  'body-parser': ['json', 'raw', 'text', 'urlencoded'],
  'mime-types': ['charset', 'contentType', 'extension', 'lookup'],
  qs: ['parse', 'stringify'],
  'cookie-signature': ['sign', 'unsign'],
  etag: [],
  debug: [],
  accepts: [],
  'content-disposition': ['create'],
  cookie: ['serialize'],
  'ipaddr.js': ['isValid', 'parse'],
  send: [],
  'serve-static': [],
  'type-is': [],
}

/** The packages that are loaded late. */
export const latePackages: readonly string[] = Object.keys(LATE)

/**
 * Puts, in the bundles, functions in the place of these packages that load the package when they are called: what they do
 * is the package's own. Another version below another package is left alone, and so is the one that is `bundled`. To go
 * back: leave the plugin out of `bundle.ts`.
 */
export const loadLate = (bundled?: string): Plugin => ({
  name: 'load-late',
  setup: (build) => {
    const names = latePackages.filter((name) => name !== bundled)
    const filter = new RegExp(`^(${names.join('|')})$`)
    const kind = 'require-call'
    build.onResolve({ filter }, async ({ path, resolveDir, pluginData }) => {
      if (pluginData === kind) return undefined
      const asked = await build.resolve(path, { resolveDir, kind, pluginData: kind })
      const ours = await build.resolve(path, { resolveDir: pathOf('.'), kind, pluginData: kind })
      return asked.path === ours.path ? { path, namespace: 'late' } : undefined
    })
    build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: standInFor(path),
      resolveDir: pathOf('.'),
    }))
  },
})

function standInFor(name: string): string {
  const load = `require(${JSON.stringify(pathOf('src/openapi/package-files.ts'))}).loadPackage('${name}')`
  if (name === 'debug') return `module.exports = process.env.DEBUG ? ${load} : () => () => {}`
  const functions = (LATE[name] ?? []).map((key) => `exports.${key} = (...args) => ${load}.${key}(...args)`)
  return functions.length > 0 ? functions.join('\n') : `module.exports = (...args) => ${load}(...args)`
}
