import type { Fault } from './fault.ts'
import { schemaFaults } from './faults/schema.ts'

/** Every fault, each of which can be switched on alone. */
export const FAULTS: readonly Fault[] = [...schemaFaults]
