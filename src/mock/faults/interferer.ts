import type { Interferer } from '../pipeline.ts'
import type { Faults } from './faults.ts'
import { prefer } from './prefer.ts'

/** Faults first; a request that none meets may have a preference. */
export const interferer: Interferer<{ readonly faults: Faults }> = {
  concerns: ({ headers }, { faults }) => faults.size > 0 || headers.prefer !== undefined,
  meet: async (encounter, { faults }) => {
    const fault = faults.size > 0 ? await faults.meet(encounter) : undefined
    const { prefer: header } = encounter.req.headers
    return fault ?? (header === undefined ? undefined : prefer(encounter.operation, String(header)))
  },
}
