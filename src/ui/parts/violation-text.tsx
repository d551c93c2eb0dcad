import type { Violation } from '../control/types.ts'
import { ruleOf, sentenceOf } from '../form/field-errors.ts'

/** A violation in words, with the line of the document that has the rule. */
export function ViolationText({ violation }: { readonly violation: Violation }) {
  const rule = ruleOf(violation)
  return (
    <>
      <bdi>{sentenceOf(violation)}</bdi>
      {rule !== undefined && <span class="rule"> {rule}</span>}
    </>
  )
}
