import type { AnswerViolation } from '../control/types.ts'
import { asItCame, sentenceOf } from '../form/field-errors.ts'

/** A way in which an answer of the live server broke the document, with the line that has the rule. */
export const AnswerViolationText = ({ violation }: { readonly violation: AnswerViolation }) => (
  <>
    <bdi>{sentenceOf(violation, asItCame)}</bdi>
    {violation.line !== undefined && <span class="rule"> line {violation.line}</span>}
  </>
)
