import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { pathOf } from '../src/openapi/package-files.ts'

/** A line of `files.json`, as the mock reads it. */
interface UiFile {
  readonly path: string
  readonly file: string
  readonly type: string
  readonly etag: string
  readonly bytes: number
}

const folder = pathOf('dist/ui')
const files: readonly UiFile[] = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8'))
const packed = (file: string) => readFileSync(join(folder, file))
const textOf = (path: string) => {
  const found = files.find((one) => one.path === path)
  if (!found) throw new Error(`${path} is not listed.`)
  return gunzipSync(packed(found.file)).toString()
}

test('every file of the page is listed with its size, its type and a tag of its bytes', () => {
  const stored = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.gz'))
  expect(files.map(({ file }) => file).sort()).toEqual(stored.map((file) => file.replaceAll('\\', '/')).sort())
  for (const { file, bytes, etag, type } of files) {
    const digest = createHash('sha256').update(packed(file)).digest('base64url')
    expect(gunzipSync(packed(file)).length).toBe(bytes)
    expect(etag).toBe(`"${digest.slice(0, 22)}"`)
    expect(type).toMatch(/^text\/(html|javascript|css); charset=utf-8$/)
  }
})

test('the page takes at most 60 kB of the package', () => {
  expect(files.reduce((sum, { file }) => sum + statSync(join(folder, file)).size, 0)).toBeLessThan(60_000)
})

test('the page has no inline code or style, and loads only files that are listed', () => {
  const html = textOf('/')
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/)
  const loaded = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path = '']) => path)
  expect(loaded.sort()).toEqual(
    files
      .map(({ path }) => path)
      .filter((path) => path !== '/')
      .sort(),
  )
})

test('no source of the page writes HTML, evaluates text or names a host to ask', () => {
  const sources = readdirSync(pathOf('src/ui'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(tsx?|css)$/.test(file) && !file.includes('.test.'),
  )
  expect(sources.length).toBeGreaterThan(80)
  const unsafe = /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|import\(|@import|url\(/
  const found = sources.filter((file) => {
    const text = readFileSync(pathOf(`src/ui/${file}`), 'utf8')
    return (
      unsafe.test(text.replaceAll(/import\('\.\.\/form\/schema\.ts'\)/g, '')) || /fetch\(\s*['"`]https?:/.test(text)
    )
  })
  expect(found).toEqual([])
})
