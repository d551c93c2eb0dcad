import fc from 'fast-check'
import type { Schema } from '../schema.ts'

const WRONG = [null, true, '', 'a', 0, -1, 1.5, 2 ** 53, [], {}, '2026-01-01T00:00:00Z'] as const
/** How many of 16 values are of another kind than the schema asks for. */
const WRONG_OF_16 = 1

/** Values that mostly follow a schema, and else break it in one or more places. */
export function nearly(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 16 - WRONG_OF_16, arbitrary: followed(schema) },
    { weight: WRONG_OF_16, arbitrary: fc.constantFrom<unknown>(...WRONG) },
  )
}

function followed({ type, format, enum: values, properties, required, items, additionalProperties }: Schema) {
  if (values) return fc.constantFrom<unknown>(...values)
  if (type === 'string')
    return format === 'date-time'
      ? fc.date({ noInvalidDate: true }).map((date) => date.toJSON())
      : fc.string({ maxLength: 3 })
  if (type === 'integer' || type === 'number') return fc.integer({ min: -1, max: 1000 })
  if (type === 'boolean') return fc.boolean()
  if (type === 'array') return fc.array(items ? nearly(items) : fc.constant(1), { maxLength: 2 })
  if (type !== 'object') return fc.constantFrom<unknown>(...WRONG)
  const named = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, nearly(schema)]))
  const others = additionalProperties
    ? fc.dictionary(fc.string(), nearly(additionalProperties), { maxKeys: 2 })
    : fc.constantFrom({}, {}, {}, { other: 1 })
  const known = fc.record(named, { requiredKeys: required.filter((name) => name in named) })
  return fc.tuple(known, others).map(([one, other]) => ({ ...other, ...one }))
}
