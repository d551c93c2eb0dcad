import type { ResponseHeader } from '../../openapi/operation.ts'
import { mediaTypeOf } from '../interaction.ts'
import { headersOf } from '../published.ts'
import { judgeValue } from '../schema-judge.ts'
import { defineCheck, type Observation } from './check.ts'

/** The documented headers of a success must be there and conform to their schemas. */
export const headers = defineCheck({
  id: 'headers',
  title: 'Documented headers are there and well-formed',
  inspect: ({ operation, answer }) => {
    if (!operation || answer?.status !== 200 || headersOf(operation).length === 0) return undefined
    const type = mediaTypeOf(answer)
    return headersOf(operation).flatMap((header) =>
      checkHeader(header, answer.headers[header.name.toLowerCase()], type),
    )
  },
})

function checkHeader({ name, schema, pointer }: ResponseHeader, text: string | undefined, type: string): Observation[] {
  if (text === undefined) return [{ place: `200 ${type} ${name}`, pointer, expected: name, actual: 'no such header' }]
  const value = schema.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text
  return judgeValue(value, schema).map(({ expected, rule }) => ({
    place: `200 ${name}`,
    pointer: rule,
    expected: `${name}: ${expected}`,
    actual: text,
  }))
}
