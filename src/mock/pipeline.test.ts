import { expect, test } from '@jest/globals'
import { REDACTION } from '../http/redaction/redaction.ts'
import { ApiError } from '../openapi/api-error.ts'
import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import { ok } from './exchange/reply.ts'
import type { MockRequest } from './exchange/request.ts'
import type { MockResponse } from './exchange/response.ts'
import type { Hooks } from './hooks.ts'
import { type Api, createPipeline } from './pipeline.ts'
import type { Exchange } from './requests/exchange.ts'
import { validationOf } from './validation/validation.ts'

const document = loadDocument(pathOf('openapi.yaml'))
const real = validationOf(document)
const USER = { username: 'ada' }

/** Runs one request through the pipeline of an API whose steps write their names down. */
async function run(
  request: Partial<MockRequest>,
  { hooks, ...api }: Partial<Api<null>> & { readonly hooks?: Hooks } = {},
) {
  const steps: string[] = []
  const exchanges: Exchange[] = []
  const sent: MockResponse[] = []
  const pipeline = createPipeline<null>({
    document,
    validation: {
      request: (...given) => {
        steps.push('validate')
        return real.request(...given)
      },
      reply: (...given) => {
        steps.push('validateResponse')
        return real.reply(...given)
      },
    },
    redaction: REDACTION,
    authenticate: () => void steps.push('authenticate'),
    findHooks: async () => hooks,
    handle: () => {
      steps.push('handle')
      return ok(USER)
    },
    headers: () => ({ 'X-Every': 'response' }),
    optionsHeaders: (allow) => ({ Allow: allow.join() }),
    onExchange: (exchange) => {
      steps.push('report')
      exchanges.push(exchange)
    },
    ...api,
  })
  const body = async () => {
    steps.push('decode')
    return new Uint8Array()
  }
  await pipeline({ method: 'GET', target: '/v2/user/ada', headers: {}, body, ...request }, null, (response) => {
    steps.push('send')
    sent.push(response)
  })
  return { steps, sent: sent[0], exchange: exchanges[0] }
}

test('a valid request goes through all steps in their order', async () => {
  const { steps, sent } = await run({})
  expect(steps).toEqual(['authenticate', 'validate', 'handle', 'validateResponse', 'send', 'report'])
  expect(sent).toEqual({
    status: 200,
    headers: { 'X-Every': 'response', Vary: 'Accept', 'Content-Type': 'application/json' },
    body: JSON.stringify(USER),
  })
})

test('a body is read after the key and Accept were looked at, and before validation', async () => {
  const { steps } = await run({ method: 'PUT', headers: { 'content-type': 'application/json' } })
  expect(steps.slice(0, 3)).toEqual(['authenticate', 'decode', 'validate'])
})

test.each<[string, Partial<MockRequest>, number, string[]]>([
  ['an unknown path', { target: '/v2/nothing' }, 404, []],
  ['an unknown method', { method: 'PATCH' }, 405, []],
  ['OPTIONS', { method: 'OPTIONS' }, 204, []],
  ['an Accept that nothing meets', { headers: { accept: 'text/html' } }, 406, ['authenticate', 'validateResponse']],
  ['a bad parameter', { target: '/v2/user/%20' }, 400, ['authenticate', 'validate', 'validateResponse']],
])('%s ends the steps early, with a response that is sent and reported', async (_what, request, status, before) => {
  const { steps, sent, exchange } = await run(request)
  expect([sent?.status, exchange?.status, steps]).toEqual([status, status, [...before, 'send', 'report']])
})

test('a reply that breaks the document is a 500 that says nothing of it, and a defect in the report', async () => {
  const { sent, exchange } = await run({}, { handle: () => ok({ id: 'no number' }) })
  expect(sent?.status).toBe(500)
  expect(sent?.body).not.toContain('no number')
  expect(exchange?.defect).toMatch(/^NonConformingReply: getUserByName 200: /)
})

test('a 500 that cannot be checked either reports what failed first', async () => {
  const handle = () => {
    throw new Error('first')
  }
  const adapt = async () => {
    throw new Error('second')
  }
  const { sent, exchange } = await run({}, { handle, adapt })
  expect([sent?.status, exchange?.defect]).toEqual([500, 'Error: first'])
})

test('a hook after match gives the response in place of all steps, or refuses', async () => {
  const response = { status: 418, headers: {}, body: 'tea' }
  const early = await run({}, { hooks: { name: 'tea', afterMatch: async () => response } })
  expect(early.steps).toEqual(['send', 'report'])
  expect(early.sent).toMatchObject({ status: 418, body: 'tea' })
  expect(early.exchange?.interference).toBe('tea')
  const refuse = async () => {
    throw new ApiError(404, 'Gone fishing.')
  }
  expect((await run({}, { hooks: { name: 'no', afterMatch: refuse } })).sent?.status).toBe(404)
})

test('a hook in place of handle gives a reply, which is validated', async () => {
  const well = await run({}, { hooks: { name: 'example', handle: () => ok({ username: 'eve' }) } })
  expect([well.steps.includes('handle'), well.sent?.body]).toEqual([false, '{"username":"eve"}'])
  const broken = await run({}, { hooks: { name: 'example', handle: () => ok({ id: 'x' }) } })
  expect(broken.sent?.status).toBe(500)
})

test('a hook before send changes the whole response, unvalidated', async () => {
  const beforeSend = (response: MockResponse) => ({ ...response, body: `${response.headers['X-Every']}!` })
  expect((await run({}, { hooks: { name: 'change', beforeSend } })).sent?.body).toBe('response!')
})

test('an aborted request is neither handled nor answered', async () => {
  let handled = false
  const signal = AbortSignal.abort(new Error('gone'))
  const handle = () => {
    handled = true
    return ok(USER)
  }
  await expect(run({ signal }, { handle })).rejects.toThrow('gone')
  expect(handled).toBe(false)
})
