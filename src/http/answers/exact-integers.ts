import type { DecodeFault } from '../../openapi/codecs/decoded.ts'
import { SAFE_INTEGER } from '../../openapi/codecs/decoded.ts'
import { isObject } from '../../openapi/json-object.ts'
import { tokensOf } from '../../openapi/json-pointer.ts'
import { plainText } from '../../openapi/plain-text.ts'
import type { Schema } from '../../openapi/schema.ts'

/** A body whose integers beyond 2^53 are read without loss, as bigints. */
export interface ExactBody {
  readonly value: unknown
  readonly faults: readonly DecodeFault[]
}

/** The range of an int64. */
const [LEAST, MOST] = [-(2n ** 63n), 2n ** 63n - 1n]

/** Puts each int64 that a double would round where it belongs. Places that the schema does not name have no faults. */
export function readExactly({ value, faults }: ExactBody, schema: Schema): ExactBody {
  const left = faults.filter((fault) => {
    const tokens = tokensOf(fault.pointer)
    const own = schemaAt(schema, tokens)
    if (fault.pointer !== '' && own === undefined) return false
    const exact = own?.type === 'integer' && own.format !== 'int32' ? int64Of(fault) : undefined
    if (exact !== undefined) setAt(value, tokens, exact)
    return exact === undefined
  })
  return { value, faults: left }
}

function int64Of({ expected, received }: DecodeFault): bigint | undefined {
  if (expected !== SAFE_INTEGER || !/^-?\d+$/.test(plainText(received))) return undefined
  const exact = BigInt(plainText(received))
  return exact >= LEAST && exact <= MOST ? exact : undefined
}

/** The schema of a place; undefined if no schema names it. */
function schemaAt(schema: Schema, [token, ...rest]: readonly string[]): Schema | undefined {
  if (token === undefined) return schema
  const named = Object.hasOwn(schema.properties, token) ? schema.properties[token] : undefined
  const child = named ?? schema.items ?? schema.additionalProperties
  return child ? schemaAt(child, rest) : undefined
}

function setAt(value: unknown, tokens: readonly string[], exact: bigint): void {
  const parent = tokens.slice(0, -1).reduce<unknown>((inner, token) => Object(inner)[token], value)
  const last = tokens.at(-1)
  if (last !== undefined && typeof parent === 'object' && parent !== null) Reflect.set(parent, last, exact)
}

/** An int64 that a validator takes in place of any other, and that is no int32. */
const ANY_INT64 = 2 ** 40

/** The value with a number for each bigint, for validators that know numbers alone. */
export const withNumbers = (value: unknown): unknown => (hasExact(value) ? replaceExact(value) : value)

/** Most values have none, and a long list is not copied for nothing. */
const hasExact = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value !== null && Object.values(value).some(hasExact))

function replaceExact(value: unknown): unknown {
  if (typeof value === 'bigint') return ANY_INT64
  if (Array.isArray(value)) return value.map(replaceExact)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, replaceExact(child)]))
}
