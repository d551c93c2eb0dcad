import { createRequire } from 'node:module'
import { beforeAll, expect, test } from '@jest/globals'
import { build, type Plugin } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'
import { withoutCodepages } from './without-codepages.ts'

interface Iconv {
  encodingExists(name: string): boolean
  encode(text: string, name: string): Buffer
  decode(bytes: Buffer, name: string): string
}

const TEXT = 'Zoë & <Ünal> 🦜'
let own: string
let slim: string

beforeAll(async () => {
  own = await bundleOf([])
  slim = await bundleOf([withoutCodepages])
})

async function bundleOf(plugins: Plugin[]): Promise<string> {
  const stdin = { contents: `module.exports = require('iconv-lite')`, resolveDir: pathOf('.') }
  const { outputFiles } = await build({ stdin, bundle: true, format: 'cjs', platform: 'node', write: false, plugins })
  return outputFiles[0]?.text ?? ''
}

function load(code: string): Iconv {
  const module = { exports: {} }
  new Function('module', 'exports', 'require', code)(module, module.exports, createRequire(import.meta.url))
  return module.exports as Iconv
}

test('the tables are what is left out', () => {
  expect(own.length).toBeGreaterThan(500_000)
  expect(slim.length).toBeLessThan(50_000)
})

test.each(['utf-8', 'utf16le', 'ucs2', 'binary', 'base64', 'hex'])('%s is as iconv-lite has it', (name) => {
  const [ours, theirs] = [load(slim), load(own)]
  expect(ours.encodingExists(name)).toBe(true)
  const bytes = theirs.encode(TEXT, name)
  expect(ours.encode(TEXT, name)).toEqual(bytes)
  expect(ours.decode(bytes, name)).toBe(theirs.decode(bytes, name))
})

test('a code page is refused as one that iconv-lite does not know', () => {
  expect(load(own).encodingExists('shift_jis')).toBe(true)
  expect(load(slim).encodingExists('shift_jis')).toBe(false)
  expect(() => load(slim).decode(Buffer.alloc(1), 'shift_jis')).toThrow('Encoding not recognized')
})
