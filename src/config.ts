import { readArguments } from './config/arguments.ts'
import type { Config } from './config/flags.ts'
import { helpText } from './config/help.ts'
import { type Environment, readSettings } from './config/settings.ts'

export type { Config } from './config/flags.ts'

/** What a command line asks for. */
export type Command =
  | { readonly kind: 'serve'; readonly config: Config }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'usage-error'; readonly message: string }

/** Reads flags (without node and script) and environment, once. Never throws: a mistake is a `usage-error`. */
export function readCommand(argv: readonly string[], env: Environment = process.env): Command {
  const { given, problem } = readArguments(argv)
  if (given.has('help')) return { kind: 'help', text: helpText() }
  if (given.has('version')) return { kind: 'version' }
  if (problem !== undefined) return usageError(problem)
  const settings = readSettings(given, env)
  return 'problem' in settings ? usageError(settings.problem) : { kind: 'serve', config: settings.config }
}

/** True where a person asked to see the stack of an unexpected error. */
export function wantsStack(env: Environment = process.env): boolean {
  return Boolean(env.INBOXES_MOCK_DEBUG)
}

function usageError(message: string): Command {
  return { kind: 'usage-error', message }
}
