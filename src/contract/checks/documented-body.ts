import type { DecodeProblem } from '../../http/answers/decode-problem.ts'
import { isPublishedSuccess, mediaTypesOf, schemaOf, successOf } from '../../http/answers/published.ts'
import { type Interaction, isSuccess, mediaTypeOf, statusOf } from '../interaction.ts'
import type { InteractionCheck } from './check.ts'
import { withoutIndexes } from './place.ts'

/** Where the document describes the body of the success. */
export const contentPointer = ({ operation }: Interaction): string =>
  `${operation && successOf(operation)?.pointer}/content`

/** True for a success whose body the document describes. */
export const hasDocumentedBody = (interaction: Interaction): boolean =>
  interaction.operation !== undefined &&
  interaction.request.method === interaction.operation.method &&
  isPublishedSuccess(interaction.operation, interaction.answer?.status) &&
  mediaTypesOf(interaction.operation).length > 0

/** True for a body that is held to its schema, though the document does not describe the success: it may be left out. */
const hasCheckedBody = ({ operation, request, answer }: Interaction, type: string): boolean =>
  operation !== undefined &&
  request.method === operation.method &&
  answer !== undefined &&
  isSuccess({ answer }) &&
  answer.bytes.length > 0 &&
  schemaOf(operation, type) !== undefined

/** Makes the function of a check that reports what decoding the body found. */
export const problemsOfDecoding =
  (id: DecodeProblem['check']): InteractionCheck =>
  (interaction) => {
    const type = mediaTypeOf(interaction.answer)
    if (!hasDocumentedBody(interaction) && !hasCheckedBody(interaction, type)) return undefined
    return interaction.problems
      .filter(({ check }) => check === id)
      .map(({ at, expected, actual }) => ({
        place: `${statusOf(interaction)} ${type} ${withoutIndexes(at)}`,
        pointer: contentPointer(interaction),
        expected,
        actual,
      }))
  }
