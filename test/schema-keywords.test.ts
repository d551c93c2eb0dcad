import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { fastClock } from '../contract-tests/mutants/in-process.ts'
import { type Place, runContract } from '../src/contract/index.ts'
import { loadServedDocument } from '../src/mock/files/load-served-document.ts'
import { type NonConformingReply, validationOf } from '../src/mock/validation/validation.ts'
import { loadDocument } from '../src/openapi/load-document.ts'
import { pathOf } from '../src/openapi/package-files.ts'

const TEXT = readFileSync(pathOf('openapi.yaml'), 'utf8')
const PET = { id: 7, name: 'Rex', photoUrls: ['a', 'a'], tags: [{ id: 1, name: 'b' }], category: { name: 'c' } }

const folder = mkdtempSync(join(tmpdir(), 'keywords-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A document whose Pet has more keywords: for itself, or for one of its properties. */
function documentWith(property: string, keywords: string): string {
  const [head, ...pet] = TEXT.split(/^(?= {4}Pet:$)/m)
  const start = property === '' ? '      type: object\n' : `        ${property}:\n`
  const indent = property === '' ? '      ' : '          '
  const own = pet.join('').replace(start, `${start}${indent}${keywords}\n`)
  const file = join(folder, `${keywords.replace(/\W/g, '')}.yaml`)
  writeFileSync(file, head + own)
  return file
}

/** The violation that the mock finds in a response before it is sent. */
async function seenByMock(file: string): Promise<readonly string[]> {
  const document = loadServedDocument(file)
  const operation = document.operations.find(({ id }) => id === 'getPetById')
  if (!operation) throw new Error('There is no getPetById.')
  const reply = validationOf(document).reply(operation, { status: 200, value: PET }, 'application/json')
  return reply.then(
    () => [],
    (error: NonConformingReply) => [error.message],
  )
}

/** The findings of the contract suite on the response of a server, in JSON and XML. */
async function seenBySuite(file: string): Promise<readonly Place[]> {
  const xml = `<Pet><id>7</id><category><name>c</name></category><name>Rex</name><photoUrls>a</photoUrls><photoUrls>a</photoUrls><tags><id>1</id><name>b</name></tags></Pet>`
  const server = {
    baseUrl: 'http://localhost/v2',
    fetch: async (url: string, { headers }: RequestInit) => {
      const isXml = new Headers(headers).get('accept') === 'application/xml'
      const one = isXml ? xml : JSON.stringify(PET)
      const list = isXml ? `<Pets>${xml}</Pets>` : JSON.stringify([PET])
      const body = url.includes('/inventory') ? '{}' : url.includes('/findBy') ? list : one
      return new Response(body, { headers: { 'Content-Type': isXml ? 'application/xml' : 'application/json' } })
    },
    now: fastClock,
  }
  const run = { document: loadDocument(file), apiKey: 'k', mode: 'safe', only: ['getPetById'] } as const
  const { findings } = await runContract({ ...server, ...run })
  return findings.flatMap(({ places }) => places).filter(({ check }) => check === 'body-schema')
}

test.each([
  ['minimum: 8', 'id', 'must be >= 8'],
  ['maximum: 6', 'id', 'must be <= 6'],
  ['multipleOf: 2', 'id', 'must be multiple of 2'],
  ['maximum: 7', 'id', 'must be < 7', 'exclusiveMaximum: true'],
  ['minimum: 7', 'id', 'must be > 7', 'exclusiveMinimum: true'],
  ['minLength: 4', 'name', 'must NOT have fewer than 4 characters'],
  ['maxLength: 2', 'name', 'must NOT have more than 2 characters'],
  ['pattern: "^[a-z]+$"', 'name', 'must match pattern "^[a-z]+$"'],
  ['format: uuid', 'name', 'a value in the format uuid'],
  ['format: date-time', 'name', 'a date-time (RFC 3339, section 5.6)'],
  ['minItems: 3', 'photoUrls', 'must NOT have fewer than 3 items'],
  ['maxItems: 1', 'photoUrls', 'must NOT have more than 1 items'],
  ['uniqueItems: true', 'photoUrls', 'must NOT have duplicate items'],
  ['minProperties: 9', '', 'must NOT have fewer than 9 properties'],
  ['maxProperties: 4', '', 'must NOT have more than 4 properties'],
])('the mock and the suite both find a breach of %s', async (keyword, property, words, ...more) => {
  const file = documentWith(property, [keyword, ...more].join(`\n${property === '' ? '      ' : '          '}`))
  const where = property === '' ? '' : `/${property}`
  expect(await seenByMock(file)).toEqual([expect.stringContaining(`getPetById 200: /response${where} `)])
  const findings = await seenBySuite(file)
  expect(findings.map(({ place }) => place).sort()).toEqual([
    `200 application/json ${where}`,
    `200 application/xml ${where}`,
  ])
  for (const { expected } of findings) expect(expected).toContain(words)
})
