import { expect, test } from '@jest/globals'
import { streamOf } from '../../fixtures/stream.ts'
import { createMockCore } from '../../src/mock/create-mock.ts'
import { parseServed } from '../../src/mock/files/load-served-document.ts'
import { nodePlatform } from '../../src/mock/files/node-platform.ts'
import { tryDocument } from '../../src/mock/files/try-document.ts'
import type { ApiDocument } from '../../src/openapi/document.ts'
import { DocumentError } from '../../src/openapi/document-error.ts'
import { singleEdits } from './edits.test.support.ts'
import { sendRandom } from './random-requests.test.support.ts'

/** `NEXT_VERSION_EDITS=60 NEXT_VERSION_REQUESTS=1000` plays all of it; a part of it, spread over the kinds, takes 15 s. */
const { NEXT_VERSION_EDITS = '4', NEXT_VERSION_REQUESTS = '60' } = process.env
const ALL = 60
const step = ALL / Number(NEXT_VERSION_EDITS)
const edits = singleEdits(ALL).filter((_edit, index) => index % step < 1)

async function served(text: string): Promise<ApiDocument | string> {
  try {
    const document = parseServed(text, 'next.json')
    await tryDocument(document)
    return document
  } catch (error) {
    if (error instanceof DocumentError) return error.message
    throw error
  }
}

test.each(edits)('$name: it is served without an internal error, or refused with its line', async ({ name, text }) => {
  const document = await served(text)
  if (typeof document === 'string') return expect(document).toMatch(/^next\.json, line \d+: [^\n]+\.$/)
  const platform = { ...nodePlatform, loadDocument: () => document, warn: () => {} }
  const mock = createMockCore({}, platform)
  const random = streamOf(1, 'requests', name)
  const fetch = mock.fetchFor('default')
  for (let count = 0; count < Number(NEXT_VERSION_REQUESTS); count++) {
    const { status } = await sendRandom(fetch, document, random)
    expect(status).not.toBe(500)
  }
  expect((await fetch('/__admin/state')).status).toBe(200)
  expect(mock.defects).toEqual([])
})
