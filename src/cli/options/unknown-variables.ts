import { nearest } from '../../openapi/nearest.ts'
import { environmentNames, FLAG_ROWS } from './flags.ts'
import type { Environment } from './settings.ts'

const PREFIX = 'INBOXES_MOCK_'

/**
 * A sentence for each variable that has no effect, and is near to one that has. Any other name with our prefix may be
 * the user's own.
 */
export function unknownVariables(env: Environment): string[] {
  const known = FLAG_ROWS.flatMap(environmentNames).filter((name) => name.startsWith(PREFIX))
  const words = known.map((name) => name.slice(PREFIX.length))
  const given = Object.keys(env).filter((name) => name.startsWith(PREFIX) && env[name] && !known.includes(name))
  return given.flatMap((name) => {
    const meant = nearest(name.slice(PREFIX.length), words)
    return meant === undefined ? [] : [`${name} has no effect. Did you mean ${PREFIX}${meant}?`]
  })
}
