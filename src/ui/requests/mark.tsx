import type { Violation } from '../control/types.ts'
import { ViolationText } from '../parts/violation-text.tsx'

interface MarkProps {
  readonly violation: Violation
  /** True where the place does not show the pointer. */
  readonly named?: boolean
}

/** A violation at its place. */
export const Mark = ({ violation, named = false }: MarkProps) => (
  <div class="mark">
    <span aria-hidden="true">▲ </span>
    {named && (
      <>
        <code>
          <bdi>{violation.pointer}</bdi>
        </code>
        :{' '}
      </>
    )}
    <ViolationText violation={violation} />
  </div>
)
