import type { Operation } from '../../openapi/operation.ts'
import { copyOf } from './copy.ts'
import type { Effect } from './effect.ts'
import type { Fault, FaultInput, FaultKindName, StepByKind } from './fault.ts'
import type { FaultKind, Tools } from './kind.ts'
import { KINDS } from './kinds/index.ts'

/** One fault, and how far it has gone through its steps. */
export interface FaultProgress {
  readonly fault: FaultInput & { readonly id: string }
  /** The fault as it is now. */
  current(): Fault
  /** The effect of the next step on a request that matches; undefined if chance spares it or no step is left. */
  next(operation: Operation): Effect | undefined
}

/** Starts a fault at its first step. */
export function startFault(fault: FaultProgress['fault'], tools: Tools): FaultProgress {
  const { steps, times = 1, probability = 1 } = fault
  const started = steps.map((step) => ({ lasting: KINDS[step.kind].lasting, effectOn: startStep(step, tools) }))
  let met = 0
  let taken = 0
  const isSpent = () => taken >= steps.length * times
  return {
    fault,
    current: () => ({ ...copyOf(fault), met, spent: isSpent() }),
    next: (operation) => {
      if (isSpent() || (probability < 1 && tools.stream.next() >= probability)) return undefined
      const step = started[taken % steps.length]
      met += 1
      if (!step?.lasting) taken += 1
      return step?.effectOn(operation)
    },
  }
}

function startStep<Name extends FaultKindName>(
  step: StepByKind[Name] & { readonly kind: Name },
  tools: Tools,
): (operation: Operation) => Effect {
  const kind: FaultKind<StepByKind[Name]> = KINDS[step.kind]
  return kind.start(step, tools)
}
