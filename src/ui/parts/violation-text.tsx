import type { Violation } from '../control/types.ts'
import { ruleOf, sentenceOf } from '../form/field-errors.ts'

/** A violation in words, with the line of the document that has the rule. */
export function ViolationText({ violation }: { readonly violation: Violation }) {
  const rule = ruleOf(violation)
  return (
    <>
      <bdi>{sentenceOf(violation)}</bdi>
      {/* The blank stands outside: inside, no line could break there. */}
      {rule !== undefined && ' '}
      {rule !== undefined && <span class="rule">{rule}</span>}
    </>
  )
}
