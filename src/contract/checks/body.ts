import type { DecodeProblem } from '../decode-problem.ts'
import { type Interaction, isSuccess, mediaTypeOf } from '../interaction.ts'
import { mediaTypesOf, schemaOf, successOf } from '../published.ts'
import { type Breach, judgeValue } from '../schema-judge.ts'
import type { InteractionCheck, Observation } from './check.ts'

const contentPointer = ({ operation }: Interaction) => `${operation && successOf(operation)?.pointer}/content`

/** True where the answer is a success whose body the document describes. */
const hasBody = (interaction: Interaction) =>
  interaction.operation !== undefined &&
  interaction.request.method === interaction.operation.method &&
  interaction.answer?.status === 200 &&
  mediaTypesOf(interaction.operation).length > 0

/** A documented body has one of its documented media types. */
export const contentType: InteractionCheck = (interaction) => {
  if (!hasBody(interaction) || !interaction.operation) return undefined
  const types = mediaTypesOf(interaction.operation)
  const type = mediaTypeOf(interaction.answer)
  if (types.includes(type)) return []
  const expected = `Content-Type: ${types.join(' or ')}`
  return [{ place: `200 ${type}`, pointer: contentPointer(interaction), expected, actual: type || 'no Content-Type' }]
}

/** What Accept asks for alone is what comes. */
export const accept: InteractionCheck = (interaction) => {
  const { operation, request, answer, expectation } = interaction
  const wanted = request.headers.Accept ?? '*/*'
  if (!operation || expectation !== 'success' || !answer || mediaTypesOf(operation).length < 2) return undefined
  const pointer = contentPointer(interaction)
  if (answer.status === 406)
    return [{ place: `406 for ${wanted}`, pointer, expected: 'a documented media type', actual: '406' }]
  const type = mediaTypeOf(answer)
  if (answer.status !== 200 || !mediaTypesOf(operation).includes(wanted)) return undefined
  return type === wanted
    ? []
    : [{ place: `200 for ${wanted}`, pointer, expected: wanted, actual: type || 'no Content-Type' }]
}

/** Makes a check of what decoding found. */
export const decoding =
  (id: DecodeProblem['check']): InteractionCheck =>
  (interaction) => {
    if (!hasBody(interaction)) return undefined
    const type = mediaTypeOf(interaction.answer)
    return interaction.problems
      .filter(({ check }) => check === id)
      .map(({ at, expected, actual }) => ({
        place: `200 ${type} ${withoutIndexes(at)}`,
        pointer: contentPointer(interaction),
        expected,
        actual,
      }))
  }

/** A body is what its schema says, in JSON and in XML. */
export const bodySchema: InteractionCheck = (interaction) => {
  const { operation, request, answer, value, problems } = interaction
  if (!operation || request.method !== operation.method || !answer || !isSuccess(interaction)) return undefined
  const type = mediaTypeOf(answer)
  const schema = schemaOf(operation, type)
  const isUnreadable = value === undefined && problems.length > 0
  if (!schema || isUnreadable || (answer.bytes.length === 0 && answer.status !== 200)) return undefined
  return judgeValue(value, schema).map((breach) => toObservation(breach, type, answer.status))
}

function toObservation({ at, rule, expected, actual }: Breach, type: string, status: number): Observation {
  const where = withoutIndexes(at)
  return { place: `${status} ${type} ${where}`, pointer: rule, expected: `${where || 'the body'}: ${expected}`, actual }
}

const withoutIndexes = (at: string) => at.replace(/\/\d+/g, '/*')
