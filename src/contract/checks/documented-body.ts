import type { DecodeProblem } from '../../http/answers/decode-problem.ts'
import { isPublishedSuccess, mediaTypesOf, successOf } from '../../http/answers/published.ts'
import { type Interaction, mediaTypeOf, statusOf } from '../interaction.ts'
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

/** Makes the function of a check that reports what decoding the body found. */
export const problemsOfDecoding =
  (id: DecodeProblem['check']): InteractionCheck =>
  (interaction) => {
    if (!hasDocumentedBody(interaction)) return undefined
    const type = mediaTypeOf(interaction.answer)
    return interaction.problems
      .filter(({ check }) => check === id)
      .map(({ at, expected, actual }) => ({
        place: `${statusOf(interaction)} ${type} ${withoutIndexes(at)}`,
        pointer: contentPointer(interaction),
        expected,
        actual,
      }))
  }
