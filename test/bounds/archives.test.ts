import { test } from '@jest/globals'
import { importHar } from '../../src/mock/upstream/import-har.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { expectSteadyGrowth } from './growth.test.support.ts'

const document = loadDocument(pathOf('openapi.yaml'))

test.each(['/', '/pl%', '/v2/pet', '/%20', 'x/'])(
  'an address of %s again and again takes the time that its length bounds',
  async (part) => {
    await expectSteadyGrowth((size) => {
      const request = { method: 'GET', url: `https://a.example/${part.repeat(size / part.length)}`, headers: [] }
      const response = { status: 200, headers: [], content: { mimeType: 'application/json', text: '{}' } }
      const archive = { log: { entries: [{ request, response }] } }
      return () => importHar(archive, document)
    })
  },
)
