import type { Step } from './steps.ts'

/** One line for a reader who wants to send the step by hand. */
export function describeStep(step: Step): string {
  if (step.kind === 'broken') return `bytes ${JSON.stringify(step.bytes.toString('latin1'))}`
  if (step.kind === 'call') return `in process, session ${step.session}: ${JSON.stringify(step.call)}`
  const { door, method, target, headers, body } = step
  const named = headers.map(([name, value]) => `${name}: ${value}`)
  return [door, method, target, ...named, ...(body ? [JSON.stringify(body.toString('latin1'))] : [])].join(' | ')
}
