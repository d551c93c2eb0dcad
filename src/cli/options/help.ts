import { environmentNames, FLAG_ROWS, type Flag, QUESTIONS } from './flags.ts'

const STATUSES = [
  ['0', 'stopped by SIGINT or SIGTERM, or --help, --version'],
  ['1', 'could not start, or an unexpected error'],
  ['2', 'a flag or a variable that cannot be used'],
  ['3', 'the port is in use'],
  ['127', 'exec: the command could not be started'],
  ['130, 143', 'a second SIGINT or SIGTERM: stopped without waiting'],
] as const

/** The text of `--help`, without a newline at its end. */
export function helpText(): string {
  return [
    'inboxes-mock: the Inboxes Developer API on your machine; it remembers what it is told and enforces openapi.yaml',
    '',
    'Usage: inboxes-mock [flags]',
    '       inboxes-mock contract [flags]    holds a server to the document; see inboxes-mock contract --help',
    '       inboxes-mock exec [flags] -- COMMAND…',
    '',
    'exec runs a command with a mock on a free port, which the command finds in INBOXES_BASE_URL, and ends with its exit',
    'status. It logs no request unless given --no-quiet.',
    '',
    ...columns([
      ...FLAG_ROWS.map(describe),
      ...QUESTIONS.map(({ name, short, summary }) => [`--${name}, -${short}`, summary]),
    ]),
    '',
    'Environment variables stand in for flags; a flag wins, and commas separate keys:',
    ...columns(FLAG_ROWS.map((flag) => [`--${flag.name}`, environmentNames(flag).join(', ')])),
    '',
    'A switch is turned off by --no-quiet, --no-json. INBOXES_MOCK_DEBUG=1 shows the stack of an unexpected error.',
    'NO_COLOR is honoured.',
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

/** A flag and what it does. */
export function describe(flag: Flag<unknown>): readonly [string, string] {
  return [written(flag), `${flag.summary} (default: ${flag.shownDefault})`]
}

function written({ name, argument }: Flag<unknown>): string {
  return argument ? `--${name} ${argument}` : `--${name}`
}

/** Rows of two, the second under one another. */
export function columns(rows: readonly (readonly [string, string] | readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([left = '']) => left.length))
  return rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`)
}
