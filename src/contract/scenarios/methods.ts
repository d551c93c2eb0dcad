import type { Operation } from '../../spec/operation.ts'
import { statusOf } from '../exchange.ts'
import type { Session } from '../session.ts'
import { missingId } from './parameters.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']

/** Tries each path with the methods that it does not have, and with OPTIONS. */
export const methods: Scenario = {
  name: 'methods',
  operations: [],
  modes: EVERY_MODE,
  run: async (session) => {
    for (const path of new Set(session.document.operations.map((operation) => operation.path))) {
      const rows = session.document.operations.filter((operation) => operation.path === path)
      const [first] = rows
      if (!first) continue
      for (const method of absent(rows, session.mode)) await tryMethod(session, first, rows, method)
      await session.send(first.id, { ...aim(session), method: 'OPTIONS', expect: 'any', about: `OPTIONS ${path}` })
    }
  },
}

const absent = (rows: readonly Operation[], mode: string) =>
  METHODS.filter((method) => !rows.some((row) => row.method === method) && (mode === 'full' || method === 'GET'))

/** Nothing that is there: a method that works after all does no harm. */
const aim = ({ prefix, seed, key }: Session) => ({
  path: { petId: missingId(seed), orderId: missingId(seed), username: `${prefix}nobody` },
  ...(key !== undefined && { key: { value: key } }),
})

async function tryMethod(
  session: Session,
  first: Operation,
  rows: readonly Operation[],
  method: string,
): Promise<void> {
  const about = `${method} ${first.path}`
  const exchange = await session.send(first.id, { ...aim(session), method, expect: 'wrong-method', about })
  if (statusOf(exchange) !== 405) return
  const allow = (exchange.answer?.headers.allow ?? '').split(',').map((name) => name.trim().toUpperCase())
  const lacking = rows.find((row) => !allow.includes(row.method))?.method
  const isTrue = lacking === undefined && !allow.includes(method)
  session.check('allow', exchange, isTrue, () => ({
    place: about,
    pointer: first.pointer.slice(0, first.pointer.lastIndexOf('/')),
    expected: `Allow with ${rows.map((row) => row.method).join(', ')} and without ${method} (RFC 9110, section 15.5.6)`,
    actual: exchange.answer?.headers.allow ?? 'no Allow',
  }))
}
