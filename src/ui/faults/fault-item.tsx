import type { Fault } from '../control/types.ts'
import { matchText, stepText } from './fault-text.ts'

interface FaultItemProps {
  readonly fault: Fault
  readonly isUnmet: boolean
  readonly onRemove: () => void
}

/** A fault: the requests that it meets, its steps, and how often it was met. */
export const FaultItem = ({ fault, isUnmet, onRemove }: FaultItemProps) => (
  <li class="card fault">
    <div class="row">
      <strong class="grow">
        <bdi>{matchText(fault)}</bdi>
      </strong>
      <Standing fault={fault} isUnmet={isUnmet} />
      <button type="button" class="button" onClick={onRemove}>
        Remove<span class="hidden"> {fault.id}</span>
      </button>
    </div>
    <ol class="steps">
      {fault.steps.map((step, at) => (
        <li key={at}>
          <bdi>{stepText(step)}</bdi>
        </li>
      ))}
    </ol>
    <p class="muted">
      <code>
        <bdi>{fault.id}</bdi>
      </code>
      {fault.times !== undefined && `, all steps ${fault.times} times`}
      {fault.probability !== undefined && `, probability ${fault.probability}`}
    </p>
  </li>
)

function Standing({ fault, isUnmet }: Pick<FaultItemProps, 'fault' | 'isUnmet'>) {
  if (isUnmet) return <span class="badge warn">no hit yet</span>
  return (
    <>
      <span class="badge">
        {fault.met} {fault.met === 1 ? 'hit' : 'hits'}
      </span>
      {fault.spent && <span class="badge">spent</span>}
    </>
  )
}
