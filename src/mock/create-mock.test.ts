import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import supertest from 'supertest'
import { createMock } from '../index.ts'
import { pathOf } from '../openapi/package-files.ts'
import { createMockCore } from './create-mock.ts'
import { nodePlatform } from './files/node-platform.ts'
import type { MockOptions } from './options.ts'

test('an operation without a handler is served as its shape says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inboxes-mock-'))
  const document = join(folder, 'openapi.yaml')
  writeFileSync(
    document,
    readFileSync(pathOf('openapi.yaml'), 'utf8').replace('operationId: getPetById', 'operationId: readPet'),
  )
  const mock = createMock({ document })
  const ask = (path: string) => mock.fetch(path, { headers: { api_key: 'special-key', accept: 'application/json' } })
  expect(await (await ask('/v2/pet/1')).json()).toEqual(mock.store.pets.get(1))
  expect((await ask('/v2/pet/999')).status).toBe(404)
  expect(mock.defects).toEqual([])
  rmSync(folder, { recursive: true })
})

const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})

test('an error that nobody foresaw leaves as a problem without a stack, and is told of', async () => {
  let reads = 0
  const now = () => {
    reads += 1
    if (reads > 1) throw new Error('no time')
    return 0
  }
  const { app, defects } = createMock({ clock: { now } })
  await supertest(app).get('/v2/user/logout').expect(200)
  const { status, headers, text } = await supertest(app).get('/v2/pet/1').set('x-mock-session', 'new')
  expect([status, headers['content-type']]).toEqual([500, 'application/problem+json'])
  expect(text).not.toMatch(/no time|at /)
  expect(defects).toEqual(['Error: no time'])
  expect(warn).toHaveBeenCalledWith('Error: no time', { type: 'Defect' })
})

test('a defect of the control plane is told of', async () => {
  const told: string[] = []
  const list = () => {
    throw new Error('no list')
  }
  const runs = { list, start: fail, get: fail, stop: fail, close: () => {}, latest: undefined, revision: 0 }
  const core = createMockCore({}, { ...nodePlatform, runs, warn: (text) => told.push(text) })
  expect((await core.fetchFor('default')('/__admin/runs')).status).toBe(500)
  expect([told, core.defects]).toEqual([['Error: no list'], ['Error: no list']])
})

const fail = () => {
  throw new Error('This is not called.')
}

test('a listener that throws spoils no answer', async () => {
  const onExchange = () => {
    throw new Error('on purpose')
  }
  const { app, defects } = createMock({ onExchange })
  await supertest(app).get('/v2/user/logout').expect(200)
  expect(defects).toEqual(['Error: on purpose'])
  expect(warn).toHaveBeenCalledWith('Error: on purpose', { type: 'Defect' })
})

test('onExchange is told the session of a request, unless it is the default one', async () => {
  const told: (string | undefined)[][] = []
  const onExchange: MockOptions['onExchange'] = ({ method, operationId, session }) => {
    told.push([method, operationId, session])
  }
  const { app } = createMock({ onExchange })
  await supertest(app).get('/v2/user/logout').expect(200)
  await supertest(app).get('/v2/user/logout').set('X-Mock-Session', 'checkout').expect(200)
  await supertest(app).get('/s/cart/v2/user/logout').expect(200)
  expect(told).toEqual([undefined, 'checkout', 'cart'].map((session) => ['GET', 'logoutUser', session]))
})

test('the first request to the control plane lets others be answered while it loads', async () => {
  const order: string[] = []
  const loadAdminDocument: typeof nodePlatform.loadAdminDocument = (api) => {
    setTimeout(() => order.push('another'), 0)
    order.push('document')
    return nodePlatform.loadAdminDocument(api)
  }
  const mock = createMockCore({}, { ...nodePlatform, loadAdminDocument })
  const fetch = mock.fetchFor('default')
  const answers = await Promise.all([fetch('/__admin/health'), fetch('/__admin/health')])
  order.push('answer')
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(order).toEqual(['document', 'another', 'answer'])
})
