import { isSuccess, mediaTypeOf } from '../interaction.ts'
import { isPublishedSuccess, schemaOf } from '../published.ts'
import { type Breach, judgeValue } from '../schema-judge.ts'
import { defineCheck, type Observation } from './check.ts'
import { withoutIndexes } from './place.ts'

/** A body must conform to its schema, in JSON and in XML. */
export const bodySchema = defineCheck({
  id: 'body-schema',
  title: 'Bodies are what their schemas say',
  inspect: (interaction) => {
    const { operation, request, answer, value, problems } = interaction
    if (!operation || request.method !== operation.method || !answer || !isSuccess(interaction)) return undefined
    const type = mediaTypeOf(answer)
    const schema = schemaOf(operation, type)
    const isUnreadable = value === undefined && problems.length > 0
    if (!schema || isUnreadable || (answer.bytes.length === 0 && !isPublishedSuccess(operation, answer.status)))
      return undefined
    return judgeValue(value, schema).map((breach) => toObservation(breach, type, answer.status))
  },
})

function toObservation({ at, rule, expected, actual }: Breach, type: string, status: number): Observation {
  const where = withoutIndexes(at)
  return { place: `${status} ${type} ${where}`, pointer: rule, expected: `${where || 'the body'}: ${expected}`, actual }
}
