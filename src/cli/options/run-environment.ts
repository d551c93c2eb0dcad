import type { Config } from './read-command.ts'
import type { Environment } from './settings.ts'

const OF_PROXIES = /^(https?|no)_proxy$/i

/**
 * The variables that a run takes its settings from when the page asks for it. With a token other machines may use the control plane,
 * and could have a key of this one sent to a server of theirs: then only the proxies are taken.
 */
export const runEnvironment = (
  { adminToken }: Pick<Config, 'adminToken'>,
  env: Environment = process.env,
): Environment =>
  adminToken === undefined ? env : Object.fromEntries(Object.entries(env).filter(([name]) => OF_PROXIES.test(name)))
