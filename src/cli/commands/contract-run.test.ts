import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pathOf } from '../../openapi/package-files.ts'
import { mockInThisProcess } from './contract-run.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-contract-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each(['/v2', '/v3'])(
  'the mock in this process is of the document of the flags, below its base path %s',
  async (basePath) => {
    const document = join(folder, 'next.yaml')
    writeFileSync(
      document,
      readFileSync(pathOf('openapi.yaml'), 'utf8').replaceAll('inboxes.com/v2', `inboxes.com${basePath}`),
    )
    const { baseUrl, apiKey = '', fetch } = mockInThisProcess({ document })
    expect(baseUrl.endsWith(basePath)).toBe(true)
    expect((await fetch(`${baseUrl}/pet/1`, { headers: { api_key: apiKey } })).status).toBe(200)
  },
)
