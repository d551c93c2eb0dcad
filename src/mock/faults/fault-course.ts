import type { Operation } from '../../openapi/operation.ts'
import { copyOf } from './copy.ts'
import type { Fault, FaultInput, FaultKindName, StepByKind } from './fault.ts'
import type { Interference } from './interference.ts'
import type { Effect, FaultKind, Tools } from './kind.ts'
import { KINDS } from './kinds/index.ts'

/** One fault on its way through its steps. */
export interface FaultCourse {
  readonly fault: FaultInput & { readonly id: string }
  standing(): Fault
  /** Takes the next step for a request that matches; undefined where chance spares it or no step is left. */
  take(operation: Operation): Interference | undefined
}

/** Starts a fault at its first step. */
export function createCourse(fault: FaultCourse['fault'], tools: Tools): FaultCourse {
  const { id, steps, times = 1, probability = 1 } = fault
  const started = steps.map((step) => ({ lasting: KINDS[step.kind].lasting, effect: begin(step, tools) }))
  let met = 0
  let taken = 0
  const isSpent = () => taken >= steps.length * times
  return {
    fault,
    standing: () => ({ ...copyOf(fault), met, spent: isSpent() }),
    take: (operation) => {
      if (isSpent() || (probability < 1 && tools.stream.next() >= probability)) return undefined
      const step = started[taken % steps.length]
      met += 1
      if (!step?.lasting) taken += 1
      return step && { name: id, ...step.effect(operation) }
    },
  }
}

function begin<Name extends FaultKindName>(
  step: StepByKind[Name] & { readonly kind: Name },
  tools: Tools,
): (operation: Operation) => Effect {
  const kind: FaultKind<StepByKind[Name]> = KINDS[step.kind]
  return kind.begin(step, tools)
}
