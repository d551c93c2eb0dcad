import { CONTRACT_ROWS } from './contract-flags.ts'
import { environmentNames } from './flags.ts'
import { columns, describe } from './help.ts'

const STATUSES = [
  ['0', 'no failure'],
  ['1', 'failures'],
  ['2', 'could not run: server unreachable, key refused, something before the server, bad flag, interrupted, time up'],
] as const

/** The text of `contract --help`, without a newline at its end. */
export function contractHelpText(): string {
  return [
    'inboxes-mock contract: checks a server against the Inboxes Developer API as published',
    '',
    'Usage: inboxes-mock contract [flags]',
    '       inboxes-mock contract replay ID [flags]         looks for one finding again',
    '       inboxes-mock contract cleanup FILE [flags]      removes what a crashed run left behind, by its clean-up log',
    '',
    ...columns(CONTRACT_ROWS.map(describe)),
    '',
    'Each flag can be set by an environment variable; the flag wins:',
    ...columns(CONTRACT_ROWS.map((flag) => [`--${flag.name}`, environmentNames(flag).join(', ')])),
    '',
    'Exit status:',
    ...columns(STATUSES),
  ].join('\n')
}
