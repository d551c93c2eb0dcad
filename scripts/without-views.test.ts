import { expect, test } from '@jest/globals'
import { build } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'
import { withoutViews } from './without-views.ts'

/** A call of require whose argument is no text: bundlers cannot follow it. */
const UNKNOWN_REQUIRE = /\brequire\((?!["'`])/

test.each([
  ['as it is', [], true],
  ['without its views', [withoutViews], false],
])('Express %s loads by a name that is known at run time: %s', async (_how, plugins, expected) => {
  const stdin = { contents: `module.exports = require('express')`, resolveDir: pathOf('.') }
  const { outputFiles } = await build({ stdin, bundle: true, format: 'cjs', platform: 'node', write: false, plugins })
  expect(UNKNOWN_REQUIRE.test((outputFiles[0]?.text ?? '').replaceAll(/^ *(\/\/|\*).*$/gm, ''))).toBe(expected)
})
