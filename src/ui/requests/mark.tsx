import type { ComponentChildren } from 'preact'
import type { Violation } from '../control/types.ts'
import { ViolationText } from '../parts/violation-text.tsx'

interface MarkProps {
  readonly violation: Violation
  /** True where the place does not show the pointer. */
  readonly named?: boolean
  /** In place of the sentence about what was sent. */
  readonly children?: ComponentChildren
}

/** A violation at its place. */
export const Mark = ({ violation, named = false, children }: MarkProps) => (
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
    {children ?? <ViolationText violation={violation} />}
  </div>
)
