import type { Operation } from '../../openapi/operation.ts'
import type { Interaction } from '../interaction.ts'
import { defineCheck, type Observation } from './check.ts'

/** Allow must name the methods that a path has (RFC 9110, section 10.2.1). */
export const allow = defineCheck({
  id: 'allow',
  title: 'Every 405 for a method has a true Allow',

  /** Allow must have every documented method of the path and none that was refused. */
  isTrue: (
    { answer }: Interaction,
    rows: readonly Operation[],
    refused: readonly string[],
    place: string,
  ): Observation | undefined => {
    const methods = rows.map(({ method }) => method)
    const allowed = (answer?.headers.allow ?? '').split(',').map((name) => name.trim().toUpperCase())
    if (methods.every((name) => allowed.includes(name)) && !refused.some((name) => allowed.includes(name)))
      return undefined
    return {
      place,
      pointer: rows[0]?.pointer.replace(/\/[^/]*$/, '') ?? '',
      expected: `Allow with ${methods.join(', ')} and without ${refused.join(', ')} (RFC 9110, section 10.2.1)`,
      actual: answer?.headers.allow ?? 'no Allow',
    }
  },
})
