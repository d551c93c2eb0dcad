import type { Problem } from '../control/problem.ts'
import type { Violation } from '../control/types.ts'
import { ViolationText } from './violation-text.tsx'

/** A refusal: its detail, and the violations that stand at no field. */
export function ProblemBox({
  problem,
  violations,
}: {
  readonly problem?: Problem
  readonly violations?: readonly Violation[]
}) {
  if (problem === undefined) return null
  const listed = violations ?? problem.errors
  return (
    <div class="problem" role="alert">
      <p>
        <strong>{problem.status === 0 ? 'Not reached.' : `Refused (${problem.status}).`}</strong>{' '}
        <bdi>{problem.detail}</bdi>
      </p>
      {listed.length > 0 && (
        <ul>
          {listed.slice(0, 50).map((violation) => (
            <li key={violation.pointer + violation.expected}>
              <code>{violation.pointer}</code>: <ViolationText violation={violation} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
