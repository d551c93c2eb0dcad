import { environmentNames, FLAG_ROWS, type Flag, QUESTIONS } from './flags.ts'

const STATUSES = [
  ['0', 'stopped by SIGINT, SIGTERM or SIGHUP, or --help, --version'],
  ['1', 'could not start, or an unexpected error'],
  ['2', 'a flag, variable or document that cannot be used'],
  ['3', 'the port is in use'],
  ['127', 'exec: the command could not be started'],
  ['129, 130, 143', 'a second SIGHUP, SIGINT or SIGTERM: stopped without waiting'],
] as const

/** The text of `--help`, without a newline at its end. */
export function helpText(): string {
  return [
    'inboxes-mock: a stateful mock of the Inboxes Developer API that enforces its OpenAPI document',
    '',
    'Usage: inboxes-mock [flags]',
    '       inboxes-mock contract [flags]    checks a server against the document; see inboxes-mock contract --help',
    '       inboxes-mock drift [flags]       says how a server differs from the mock; see inboxes-mock drift --help',
    '       inboxes-mock import FILE [flags]    makes a state file of an archive; see inboxes-mock import --help',
    '       inboxes-mock exec [flags] -- COMMAND…',
    '',
    'exec starts a mock on a free port, runs the command with INBOXES_BASE_URL set to its URL, and exits with the exit',
    'status of the command. It logs requests only with --no-quiet.',
    '',
    ...columns([
      ...FLAG_ROWS.map(describe),
      ...QUESTIONS.map(({ name, short, summary }) => [`--${name}, -${short}`, summary]),
    ]),
    '',
    'Each flag can be set by an environment variable; the flag wins. Commas separate keys:',
    ...columns(FLAG_ROWS.map((flag) => [`--${flag.name}`, environmentNames(flag).join(', ')])),
    '',
    '--no-quiet and --no-json turn a switch off again. INBOXES_MOCK_DEBUG=1 shows the stack of an unexpected error.',
    'NO_COLOR turns colours off.',
    '',
    'Exit status:',
    ...columns(STATUSES),
  ].join('\n')
}

/** The flags as a Markdown table, for the README. */
export function flagTable(): string {
  const rows = FLAG_ROWS.map((flag) => [
    `\`${written(flag)}\``,
    flag.shownDefault,
    environmentNames(flag)
      .map((name) => `\`${name}\``)
      .join(', '),
    flag.summary,
  ])
  const header = ['Flag', 'Default', 'Variable', 'What it sets']
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** A flag, its summary and its default. */
export function describe(flag: Flag<unknown>): readonly [string, string] {
  return [written(flag), `${flag.summary} (default: ${flag.shownDefault})`]
}

function written({ name, short, argument }: Flag<unknown>): string {
  const long = argument ? `--${name} ${argument}` : `--${name}`
  return short ? `${long}, -${short}` : long
}

/** Aligns the second cells of rows. */
export function columns(rows: readonly (readonly [string, string] | readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length))
  return rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`)
}
