import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMock } from '../src/index.ts'
import { pathOf } from '../src/openapi/package-files.ts'

const run = promisify(execFile)
const folder = pathOf(`dist/docs-${process.pid}`)

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(pathOf('.'), join(folder, 'node_modules/inboxes-mock'), 'dir')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pages = [...readdirSync(pathOf('.')), ...readdirSync(pathOf('docs')).map((file) => `docs/${file}`)].filter(
  (file) => file.endsWith('.md'),
)

/** Every fenced block of JavaScript, whole programs that assert what they show. */
const examples = pages.flatMap((page) =>
  [...readFileSync(pathOf(page), 'utf8').matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = ''], index) => ({
    page,
    index,
    code,
  })),
)

/** MSW looks for localStorage when it is imported, of which Node 25 and later warn. */
const flagsFor = (code: string) =>
  code.includes("'msw/node'") && Number.parseInt(process.versions.node, 10) >= 25 ? ['--no-webstorage'] : []

test.each(examples.map(({ page, index, code }) => [`${page} ${index + 1}`, page, index, code] as const))(
  'the example of %s does what it says',
  async (_name, page, index, code) => {
    const file = join(folder, `${basename(page)}-${index}.mjs`)
    writeFileSync(file, code)
    expect(await run(process.execPath, [...flagsFor(code), file])).toMatchObject({ stderr: '' })
  },
  120_000,
)

/** A link to another place of this repository: the file, from its root, and the heading. */
function linksOf(page: string): { file: string; anchor: string }[] {
  const text = readFileSync(pathOf(page), 'utf8')
  return [...text.matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)].map(([, target = '', anchor = '']) => ({
    file: target === '' ? page : join(page, '..', target),
    anchor,
  }))
}

test.each(pages)('the links of %s lead somewhere', (page) => {
  expect(linksOf(page).filter(({ file }) => !existsSync(pathOf(file)))).toEqual([])
})

/** The name that a page gives a heading: small letters, digits and hyphens. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .replace(/\s/g, '-')

function anchorsOf(file: string): string[] {
  const text = readFileSync(pathOf(file), 'utf8').replace(/^```.*?^```$/gms, '')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))
}

test.each(pages)('the headings that %s links to are there', (page) => {
  const toHeadings = linksOf(page).filter(({ file, anchor }) => anchor !== '' && file.endsWith('.md'))
  expect(toHeadings.filter(({ file, anchor }) => !anchorsOf(file).includes(anchor))).toEqual([])
})

test('the pages in the package link to files in the package alone', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: pathOf('.') })
  const [{ files }] = JSON.parse(stdout)
  const packed = new Set<string>(files.map(({ path }: { path: string }) => path))
  const inPackage = pages.filter((page) => packed.has(page))
  expect(inPackage).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/limits.md']))
  const dead = inPackage
    .flatMap((page) => linksOf(page).map(({ file }) => ({ page, file })))
    .filter(({ file }) => !packed.has(file))
  expect(dead).toEqual([])
}, 30_000)

test('package.json names nobody and no address that is not known', () => {
  const { author, homepage, bugs, repository, keywords } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'))
  expect(readFileSync(pathOf('LICENSE'), 'utf8')).toContain(author)
  expect([homepage, bugs, repository]).toEqual([undefined, undefined, undefined])
  expect(keywords).toContain('openapi')
})

/** A path of this repository in backquotes. */
const PATH = /`((?:src|test|scripts|bench|docs|fixtures|contract-tests|\.ci)\/[\w./-]*)`/g

test.each(pages.filter((page) => page !== 'CHANGELOG.md'))('the paths and scripts that %s names exist', (page) => {
  const text = readFileSync(pathOf(page), 'utf8')
  const { scripts } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8'))
  const paths = [...text.matchAll(PATH)].map(([, path = '']) => path)
  const names = [...text.matchAll(/npm run (?:--silent )?([a-z][\w:]*)/g)].map(([, name = '']) => name)
  expect(paths.filter((path) => !existsSync(pathOf(path)))).toEqual([])
  expect(names.filter((name) => !(name in scripts))).toEqual([])
})

test("the README's answers are what the mock gives", async () => {
  const { url, close } = await createMock().listen()
  const readme = readFileSync(pathOf('README.md'), 'utf8')
  const shown = [
    ...readme.matchAll(/^\$ curl -H 'api_key: special-key' '?http:\/\/127\.0\.0\.1:4010\/v2([^\s']+)'?\n(.*?)^```$/gms),
  ]
  expect(shown).toHaveLength(2)
  const given = shown.map(async ([, path = '']) => {
    const response = await fetch(url + path, { headers: { api_key: 'special-key' } })
    return response.text()
  })
  const answers = await Promise.all(given).finally(close)
  expect(shown.map(([, , answer = '']) => answer.replaceAll('\n', ''))).toEqual(answers)
})
