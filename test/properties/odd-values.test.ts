import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { createMock } from '../../src/index.ts'
import type { JsonObject } from '../../src/openapi/json-object.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { follow } from '../../src/openapi/reference.ts'

/** Code that makes a text or a number of it calls what was sent, and throws. */
const ODD = { toString: 1, valueOf: null, toJSON: 'x', constructor: { name: {} }, length: -1 }

/** Members that conform, so that one odd member is met after the others were accepted. */
const SOUND = { id: 1, name: 'a', photoUrls: [], username: 'u', status: 'sold', steps: [{ kind: 'reset' }], match: {} }

interface Write {
  readonly method: string
  readonly path: string
  readonly names: readonly string[]
}

/** The operations of a document that take JSON, and the names that they know. */
function writesIn(file: string, base: string): Write[] {
  const document = parse(readFileSync(pathOf(file), 'utf8')) as JsonObject
  const paths = document.paths as Record<string, Record<string, JsonObject>>
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const body = operation.requestBody && follow(document, operation.requestBody, '').node
      const schema = Object(body).content?.['application/json']?.schema
      return schema
        ? [
            {
              method,
              path: `${base}${path.replace('{collection}', 'pets').replaceAll(/\{\w+\}/g, '1')}`,
              names: namesIn(document, schema),
            },
          ]
        : []
    }),
  )
}

function namesIn(document: JsonObject, schema: unknown): string[] {
  const { node } = follow(document, schema, '')
  const { properties = {}, items, allOf = [], oneOf = [], anyOf = [] } = Object(node)
  const parts = [items, ...allOf, ...oneOf, ...anyOf].filter((part) => part !== undefined)
  return [...Object.keys(properties), ...parts.flatMap((part) => namesIn(document, part))]
}

const WRITES = [...writesIn('openapi.yaml', '/v2'), ...writesIn('src/mock/admin/openapi.yaml', '/__admin')]

test('there are operations of both documents to try', () => {
  expect(WRITES.filter(({ path }) => path.startsWith('/v2')).length).toBeGreaterThan(5)
  expect(WRITES.filter(({ path }) => path.startsWith('/__admin')).length).toBeGreaterThan(5)
})

test.each(WRITES)('$method $path reads values that are no text, number or list', async ({ method, path, names }) => {
  const mock = createMock()
  const { id, ...rest } = SOUND
  const bodies = [...names, 'foreign'].flatMap((name) => [
    { ...SOUND, [name]: ODD },
    { ...rest, [name]: ODD },
  ])
  for (const body of [ODD, ...bodies, ...bodies.map((one) => [one])]) {
    const headers = { api_key: 'special-key', 'Content-Type': 'application/json' }
    const answer = await mock.fetch(`http://localhost${path}`, {
      ...{ method: method.toUpperCase(), headers, body: JSON.stringify(body) },
    })
    expect([answer.status, JSON.stringify(body)]).not.toEqual([500, JSON.stringify(body)])
  }
  expect(mock.defects).toEqual([])
})
