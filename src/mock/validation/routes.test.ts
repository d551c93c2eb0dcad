import { expect, test } from '@jest/globals'
import type { RequestHandler } from 'express'
import { middleware } from 'express-openapi-validator'
import fc from 'fast-check'
import { loadDocument } from '../../openapi/load-document.ts'
import { createMatcher } from '../../openapi/match.ts'
import { pathOf } from '../../openapi/package-files.ts'

const { json, operations, basePath } = loadDocument(pathOf('openapi.yaml'))
const match = createMatcher(operations)
const steps = middleware({ apiSpec: structuredClone(json) as unknown as string, validateApiSpec: false })

/** Runs one of the validator's own middlewares; gives the status of what it refuses, or nothing. */
function run(name: string, req: object): Promise<number | undefined> {
  const step = steps.find((candidate) => candidate.name === name) as RequestHandler
  return new Promise((resolve) => {
    step(req as never, {} as never, (error?: unknown) => resolve((error as { status?: number } | undefined)?.status))
  })
}

/** The operation that express-openapi-validator finds at a path, by its own look-up of routes. */
async function routeOf(method: string, path: string): Promise<unknown> {
  const url = basePath + path
  const req = {
    openapi: undefined as { schema: { operationId: string } } | undefined,
    method,
    path: url,
    originalUrl: url,
    baseUrl: '',
    app: { enabled: () => true, param: () => {} },
  }
  const status = await run('metadataMiddleware', req)
  return status ?? req.openapi?.schema.operationId ?? 404
}

/** The same by our own table. */
function matchOf(method: string, path: string): unknown {
  const found = match(method, path)
  if (found.kind === 'operation') return found.operation.id
  return found.kind === 'wrong-method' ? 405 : 404
}

const segments = [...new Set(operations.flatMap(({ path }) => path.split('/').slice(1)))]
const literals = segments.filter((segment) => !segment.startsWith('{'))
const segment = fc.oneof(fc.constantFrom(...literals), fc.constantFrom('1', 'a b', 'Pet', 'PET', 'x.y', 'a%2Fb', '-1'))
const template = fc
  .tuple(fc.constantFrom(...operations.map(({ path }) => path)), segment)
  .map(([path, word]) => path.replace(/\{\w+\}/, word))
const path = fc.oneof(
  template,
  fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
)
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH')

test('routes are found as express-openapi-validator finds them, for 20,000 random requests', async () => {
  await run('pathParamsMiddleware', { app: { param: () => {} } })
  const found = new Set<unknown>()
  for (const [verb, target] of fc.sample(fc.tuple(method, path), { numRuns: 20_000, seed: 1 })) {
    const expected = await routeOf(verb, target)
    found.add(expected)
    expect({ verb, target, found: matchOf(verb, target) }).toEqual({ verb, target, found: expected })
  }
  expect(found).toEqual(new Set([404, 405, ...operations.map(({ id }) => id)]))
}, 300_000)
