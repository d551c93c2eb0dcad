import { CONTRACT_ROWS } from './contract-flags.ts'
import { environmentNames } from './flags.ts'
import { columns, describe } from './help.ts'

const STATUSES = [
  ['0', 'no failure'],
  ['1', 'failures'],
  ['2', 'could not run: unreachable, wrong base path, key refused, bad flag, stopped'],
] as const

/** The text of `contract --help`, without a newline at its end. */
export function contractHelpText(): string {
  return [
    'inboxes-mock contract: holds a server to the Inboxes Developer API as it was published',
    '',
    'Usage: inboxes-mock contract [flags]',
    '       inboxes-mock contract replay ID [flags]         looks for one finding again',
    '       inboxes-mock contract cleanup JOURNAL [flags]   removes what a run that crashed has left',
    '',
    ...columns(CONTRACT_ROWS.map(describe)),
    '',
    'Environment variables stand in for flags; a flag wins:',
    ...columns(CONTRACT_ROWS.map((flag) => [`--${flag.name}`, environmentNames(flag).join(', ')])),
    '',
    'Exit status:',
    ...columns(STATUSES),
  ].join('\n')
}
