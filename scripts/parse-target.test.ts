import url from 'node:url'
import { expect, test } from '@jest/globals'
import { build, type Plugin } from 'esbuild'
import fc from 'fast-check'
import { pathOf } from '../src/openapi/package-files.ts'
import { parse } from './parse-target.ts'
import { withoutUrlParse } from './without-url-parse.ts'

const partsOf = ({ href, path, pathname, search, query }: url.UrlWithStringQuery) => ({
  href,
  path,
  pathname,
  search,
  query,
})

/** Characters that Node's HTTP parser lets through in a request target. */
const chars = fc.constantFrom(...'/?#ab1.:@%&=+~"<>^`{|}\'[]()*,;!$-_\\')
const rest = fc.string({ unit: chars, maxLength: 12 })
const origins = fc.constantFrom('', 'http://127.0.0.1:4010', 'https://mock.example')

test('a request target is parsed as by the url.parse of Node', () => {
  fc.assert(
    fc.property(origins, rest, (origin, text) => {
      // Two slashes followed by a host with an @ would be an authority to `url.parse`, and is no target of HTTP.
      const target = `${origin}/${text.replace(/^[\\/]+/, '')}`
      expect(partsOf(parse(target) as url.UrlWithStringQuery)).toEqual(partsOf(url.parse(target)))
    }),
    { numRuns: 5_000 },
  )
})

const CALLERS = `module.exports = [
  require('parseurl'),
  require('express-openapi-validator/dist/middlewares/parsers/req.parameter.mutator'),
]`

async function bundled(plugins: Plugin[]): Promise<string> {
  const stdin = { contents: CALLERS, resolveDir: pathOf('.') }
  const { outputFiles } = await build({ stdin, bundle: true, format: 'cjs', platform: 'node', write: false, plugins })
  return outputFiles[0]?.text ?? ''
}

test('no module in the bundle that parses requests asks for node:url', async () => {
  const asks = /require\("(node:)?url"\)/
  expect(await bundled([])).toMatch(asks)
  expect(await bundled([withoutUrlParse])).not.toMatch(asks)
})
