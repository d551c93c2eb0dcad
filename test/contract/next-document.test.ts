import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { runContract } from '../../src/contract/index.ts'
import { createMock } from '../../src/index.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The document without one path. */
function documentWithout(path: string) {
  const document = parse(readFileSync(pathOf('openapi.yaml'), 'utf8')) as { paths: Record<string, unknown> }
  delete document.paths[path]
  const file = join(folder, 'next.yaml')
  writeFileSync(file, stringify(document))
  return loadDocument(file)
}

test.each([
  ['/store/inventory', 'getInventory'],
  ['/pet/{petId}', 'getPetById'],
])('a document without %s is checked as far as it goes, and the rest is said', async (path, operationId) => {
  const document = documentWithout(path)
  const run = { document, apiKey: 'special-key', mode: 'safe', fetch: createMock().fetch } as const
  const report = await runContract({ ...run, baseUrl: 'http://localhost/v2' })
  expect(report.problem).toBe('')
  expect(report.verdict).toBe('conforms')
  expect(report.skipped).toContainEqual(expect.stringContaining(`the document has no ${operationId}`))
  expect(report.coverage.filter(({ state }) => state === 'covered').length).toBeGreaterThan(3)
})

test.each(['/store/order', '/store/order/{orderId}', '/user', '/user/{username}'])(
  'a pet is deleted in a document without %s too',
  async (path) => {
    const deletions: string[] = []
    const { fetch } = createMock()
    const report = await runContract({
      ...{ document: documentWithout(path), apiKey: 'special-key', mode: 'full', depth: 'quick' },
      baseUrl: 'http://localhost/v2',
      fetch: (url, init) => {
        if (init.method === 'DELETE') deletions.push(new URL(url).pathname)
        return fetch(url, init)
      },
    })
    expect(report.verdict).toBe('conforms')
    expect(report.skipped.filter((reason) => reason.startsWith('deleting a pet'))).toEqual([])
    expect(deletions).toContainEqual(expect.stringMatching(/^\/v2\/pet\/\d+$/))
  },
)

test('a quick run sends less, says what it leaves out, and a thorough one tries more sequences', async () => {
  const run = { apiKey: 'special-key', mode: 'full', baseUrl: 'http://localhost/v2' } as const
  const quick = await runContract({ ...run, depth: 'quick', fetch: createMock().fetch })
  const usual = await runContract({ ...run, fetch: createMock().fetch })
  expect(quick.verdict).toBe('conforms')
  expect(quick.requests).toBeLessThan(0.7 * usual.requests)
  expect(quick.skipped).toContain('random sequences: --depth quick leaves it out.')
})
