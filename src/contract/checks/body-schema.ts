import type { Breach } from '../../http/answers/schema-breach.ts'
import { mediaTypeOf } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'
import { withoutIndexes } from './place.ts'

/** A body must conform to its schema, in JSON and in XML. */
export const bodySchema = defineCheck({
  id: 'body-schema',
  title: 'Bodies are what their schemas say',
  inspect: ({ operation, answer, bodyBreaches }) =>
    operation && answer && bodyBreaches?.map((breach) => toObservation(breach, mediaTypeOf(answer), answer.status)),
})

function toObservation({ at, rule, expected, actual }: Breach, type: string, status: number): Observation {
  const where = withoutIndexes(at)
  return { place: `${status} ${type} ${where}`, pointer: rule, expected: `${where || 'the body'}: ${expected}`, actual }
}
