import { mediaTypesOf, schemaOf } from '../../http/answers/published.ts'
import { createMatcher, type Matcher } from '../../openapi/match.ts'
import type { Operation } from '../../openapi/operation.ts'
import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { accept } from '../checks/accept.ts'
import { contentEncoding } from '../checks/content-encoding.ts'
import { crossCheck } from '../checks/cross-check.ts'
import { xmlEqualsJson } from '../checks/xml-equals-json.ts'
import { type Interaction, isSuccess, mediaTypeOf } from '../interaction.ts'
import type { Run } from '../run.ts'
import { accepts, wantedType } from '../variations/accepts.ts'
import { acceptEncodings, refusedCodings } from '../variations/codings.ts'
import { cross } from '../variations/crossing.ts'
import { brokenEscapes, spellings } from '../variations/path-spellings.ts'
import { createPlainRequests, type PlainRequests } from '../variations/plain-requests.ts'
import { type Variation, vary } from '../variations/variation.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'
import { findNames } from './varied-records.ts'

/** Asks for the same in other ways: each value of Accept and Accept-Encoding, and other spellings of the path. */
export const asking: Scenario = {
  name: 'ways to ask',
  operations: ['findPetsByStatus', 'findPetsByTags', 'getPetById', 'getInventory', 'getOrderById', 'getUserByName'],
  needs: [],
  isAddition: true,
  isThorough: true,
  modes: EVERY_MODE,
  run: async (run, known) => {
    const plain = createPlainRequests(run, await findNames(run, known))
    const readings = run.document.operations.filter(({ method }) => method === 'GET')
    const bodied = readings.filter((operation) => mediaTypesOf(operation).length > 0)
    const applies = (operation: Operation, way: Variation) => vary(way, plain(operation, 'a')) !== undefined
    const crossings = [accepts, acceptEncodings].flatMap((ways) => cross(ways, bodied, run, applies))
    for (const operation of bodied) {
      const ways = crossings.filter((one) => one.operation === operation).map(({ way }) => way)
      await askInAll(run, plain, operation, ways)
    }
    const match = createMatcher(run.document.operations)
    const openly = [...cross(spellings, readings, run), ...cross(brokenEscapes, readings, run, applies)]
    for (const { operation, way } of openly) await askOpenly(run, plain, operation, way, match)
  },
}

/** If the plain request succeeds, each valid way of asking must too, and say the same. */
async function askInAll(
  run: Run,
  plain: PlainRequests,
  operation: Operation,
  ways: readonly Variation[],
): Promise<void> {
  const request = plain(operation, 'a')
  const about = 'asked plainly'
  const first = await run.send(operation.id, { ...request.sending, expect: 'any', about })
  if (!isSuccess(first)) return
  for (const way of isLong(first) ? ways.slice(0, FEW) : ways) {
    const sending = vary(way, request)
    if (sending === undefined) continue
    const other = await run.send(operation.id, sending)
    if (isSuccess(other)) compare(run, operation, first, other)
  }
}

/** A long list is asked for in a few ways only: each answer is read whole. */
const FEW = 6
const LONG_BYTES = 100_000

const isLong = ({ answer }: Interaction) => (answer?.bytes.length ?? 0) > LONG_BYTES

function compare(run: Run, operation: Operation, plain: Interaction, other: Interaction): void {
  const { headers } = other.request
  const wanted = wantedType(headers.Accept)
  if (wanted && mediaTypesOf(operation).length > 1)
    run.check(accept, other, accept.asWanted(other, wanted.type, wanted.isOnly))
  const coding = headers['Accept-Encoding']
  if (coding !== undefined) run.check(contentEncoding, other, contentEncoding.notRefused(other, refusedCodings(coding)))
  // Two logins may give two tokens.
  if (operation.id === 'loginUser' || other.value === undefined || plain.value === undefined) return
  const type = mediaTypeOf(other.answer)
  const schema = schemaOf(operation, type)
  if (type === JSON_TYPE) run.check(crossCheck, other, crossCheck.inAnotherWay(plain.value, other.value))
  else if (type === XML_TYPE && schema && mediaTypeOf(plain.answer) === JSON_TYPE)
    run.check(xmlEqualsJson, other, xmlEqualsJson.sameRecord(plain.value, other.value, schema))
}

/** Sends it in another spelling, unless that is a request to another operation: `/user/login%2f` is a user called `login/`. */
async function askOpenly(
  run: Run,
  plain: PlainRequests,
  operation: Operation,
  way: Variation,
  match: Matcher,
): Promise<void> {
  const sending = vary(way, plain(operation, 'o'))
  if (!sending) return
  const [path = ''] = run.pathFor(operation.id, sending).split('?')
  const found = match(operation.method, path)
  if (found.kind !== 'operation' || found.operation === operation) await run.send(operation.id, sending)
}
