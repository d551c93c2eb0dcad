import type { ResponseHeader } from '../../openapi/operation.ts'
import { mediaTypeOf } from '../interaction.ts'
import { headersOf } from '../published.ts'
import { judgeValue } from '../schema-judge.ts'
import type { InteractionCheck, Observation } from './check.ts'

/** The documented headers of a success are there and well-formed. */
export const headers: InteractionCheck = ({ operation, answer }) => {
  if (!operation || answer?.status !== 200 || headersOf(operation).length === 0) return undefined
  const type = mediaTypeOf(answer)
  return headersOf(operation).flatMap((header) => judgeHeader(header, answer.headers[header.name.toLowerCase()], type))
}

function judgeHeader({ name, schema, pointer }: ResponseHeader, text: string | undefined, type: string): Observation[] {
  if (text === undefined) return [{ place: `200 ${type} ${name}`, pointer, expected: name, actual: 'no such header' }]
  const value = schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text
  return judgeValue(value, schema).map(({ expected, rule }) => ({
    place: `200 ${name}`,
    pointer: rule,
    expected: `${name}: ${expected}`,
    actual: text,
  }))
}
