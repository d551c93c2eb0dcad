import type { Operation } from '../../openapi/operation.ts'
import { type Exchange, isSuccess, statusOf } from '../interaction.ts'
import type { Session } from '../run.ts'
import { missingId } from './parameters.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']
const READING = ['GET', 'HEAD']
const NOWHERE = ['/contract-nowhere', '/pet/1/contract-nowhere/1']

/** Tries each path with the methods that it does not have and with OPTIONS, and paths that nobody has. */
export const methods: Scenario = {
  name: 'methods',
  operations: [],
  modes: EVERY_MODE,
  run: async (session) => {
    for (const path of new Set(session.document.operations.map((operation) => operation.path))) {
      const rows = session.document.operations.filter((operation) => operation.path === path)
      const [first] = rows
      if (!first) continue
      const refused: string[] = []
      for (const method of absent(rows, session.mode))
        if (await tryMethod(session, first, rows, method)) refused.push(method)
      await tryOptions(session, first, rows, refused)
    }
    for (const at of NOWHERE)
      await session.send('getInventory', {
        at,
        key: { value: session.key ?? null },
        expect: 'wrong-method',
        about: 'a path that nobody has',
      })
  },
}

const absent = (rows: readonly Operation[], mode: string) =>
  METHODS.filter((method) => !has(rows, method) && (mode === 'full' || READING.includes(method)))

/** HEAD is there where GET is. */
const has = (rows: readonly Operation[], method: string) =>
  rows.some((row) => row.method === (method === 'HEAD' ? 'GET' : method))

/** Nothing that is there: a method that works after all does no harm. */
const aim = ({ prefix, seed, key }: Session) => ({
  path: { petId: missingId(seed), orderId: missingId(seed), username: `${prefix}nobody` },
  ...(key !== undefined && { key: { value: key } }),
})

/** Resolves with true where the method was refused by 405. */
async function tryMethod(
  session: Session,
  first: Operation,
  rows: readonly Operation[],
  method: string,
): Promise<boolean> {
  const about = `${method} ${first.path}`
  const exchange = await session.send(first.id, { ...aim(session), method, expect: 'wrong-method', about })
  if (statusOf(exchange) !== 405) return false
  checkAllow(session, exchange, rows, [method], about)
  return true
}

/** OPTIONS may leave Allow out; where it has one it is as true as that of a 405. */
async function tryOptions(
  session: Session,
  first: Operation,
  rows: readonly Operation[],
  refused: readonly string[],
): Promise<void> {
  const about = `OPTIONS ${first.path}`
  const exchange = await session.send(first.id, { ...aim(session), method: 'OPTIONS', expect: 'any', about })
  if (isSuccess(exchange) && exchange.answer?.headers.allow !== undefined)
    checkAllow(session, exchange, rows, refused, about)
}

function checkAllow(
  session: Session,
  exchange: Exchange,
  rows: readonly Operation[],
  refused: readonly string[],
  place: string,
): void {
  const allow = (exchange.answer?.headers.allow ?? '').split(',').map((name) => name.trim().toUpperCase())
  const isTrue = rows.every((row) => allow.includes(row.method)) && !refused.some((method) => allow.includes(method))
  session.check('allow', exchange, isTrue, () => ({
    place,
    pointer: rows[0]?.pointer.replace(/\/[^/]*$/, '') ?? '',
    expected: `Allow with ${rows.map((row) => row.method).join(', ')} and without ${refused.join(', ')} (RFC 9110, section 10.2.1)`,
    actual: exchange.answer?.headers.allow ?? 'no Allow',
  }))
}
