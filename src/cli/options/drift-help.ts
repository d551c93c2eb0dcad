import { DRIFT_ROWS } from './drift-flags.ts'
import { environmentNames } from './flags.ts'
import { columns, describe } from './help.ts'

const STATUSES = [
  ['0', 'no difference'],
  ['1', 'differences; with --against, new ones'],
  ['2', 'could not run: server unreachable, key refused, bad flag or file, interrupted, time up'],
] as const

/** The text of `drift --help`, without a newline at its end. */
export function driftHelpText(): string {
  return [
    'inboxes-mock drift: says in which ways a server behaves otherwise than the mock, and has the mock do so too',
    '',
    'Usage: inboxes-mock drift --base-url URL [flags]',
    '',
    ...columns(DRIFT_ROWS.map(describe)),
    '',
    'Each flag can be set by an environment variable; the flag wins:',
    ...columns(DRIFT_ROWS.map((flag) => [`--${flag.name}`, environmentNames(flag).join(', ')])),
    '',
    'Exit status:',
    ...columns(STATUSES),
  ].join('\n')
}
