import { LONGEST_DELAY } from '../../defaults.ts'
import type { DelayStep } from '../fault.ts'
import type { FaultKind, Invalid, Stream } from '../kind.ts'
import { lognormalFrom } from '../lognormal.ts'

/** Waits before anything is done. No delay is longer than a minute. */
export const delay: FaultKind<DelayStep> = {
  required: [],
  optional: ['ms', 'min', 'max', 'median', 'sigma'],
  check: requireOneForm,
  start: (step, { stream }) => {
    const draw = drawOf(step)
    return () => ({ delay: Math.min(draw(stream), LONGEST_DELAY) })
  },
}

function requireOneForm(step: DelayStep, _operations: unknown, invalid: Invalid): void {
  const { kind: _kind, ...given } = step
  const form = Object.keys(given).sort().join()
  if (!FORMS.includes(form)) throw invalid('ms', 'given alone, or in its place min and max, or median and sigma')
  for (const [field, value] of Object.entries(given))
    if (value < 0 || value > LONGEST_DELAY) throw invalid(field, `from 0 to ${LONGEST_DELAY}`)
  if (step.min !== undefined && step.max !== undefined && step.max < step.min) throw invalid('max', 'min or more')
}

const FORMS = ['ms', 'max,min', 'median,sigma']

function drawOf({ ms, min, max, median = 0, sigma = 0 }: DelayStep): (stream: Stream) => number {
  if (ms !== undefined) return () => ms
  if (min !== undefined && max !== undefined) return (stream) => min + stream.next() * (max - min)
  return (stream) => lognormalFrom(stream, { median, sigma })
}
