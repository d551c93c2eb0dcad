import type { FindHooks } from '../hooks.ts'
import { hooksFor } from './effect.ts'
import type { Faults } from './faults.ts'
import { readPreference } from './prefer.ts'

/** The hooks of the first fault that matches; without one, those of the request's Prefer header. */
export const findFaultHooks: FindHooks<{ readonly faults: Faults }> = async (matched, { faults }) => {
  const fault = faults.size > 0 ? await faults.apply(matched) : undefined
  if (fault) return hooksFor(fault.id, fault.effect)
  const { prefer } = matched.request.headers
  const preference = prefer === undefined ? undefined : readPreference(matched.operation, String(prefer))
  return preference && hooksFor(preference.name, preference.effect)
}
