import { printable } from '../../http/printable.ts'
import type { Running } from '../../mock/http/server.ts'
import { EXIT } from '../exit-code.ts'
import type { CommandLine, Config, Variables } from '../options/read-command.ts'
import { type Messages, messagesFor } from '../output/messages.ts'
import type { Terminal } from '../output/terminal.ts'
import { type CommandProcess, startCommand } from './command-process.ts'
import { type Start, startOrExplain } from './start-or-explain.ts'

/** Runs a command with its own mock and resolves with the command's exit code. The mock writes nothing to standard output. */
export async function exec(
  config: Config,
  line: CommandLine,
  terminal: Terminal,
  start: Start,
  variables: Variables<Config> = {},
): Promise<number> {
  const messages = messagesFor(config, terminal)
  const running = await startOrExplain(config, terminal, messages, start, variables)
  if (typeof running === 'number') return running
  if (!config.quiet) terminal.err.write(`${messages.ready(running, config, terminal.pid)}\n`)
  let code: number
  try {
    code = await runCommand(withBaseUrl(line, running), terminal, messages)
  } finally {
    await running.close()
  }
  return code === EXIT.done && !running.isSaved() ? EXIT.failed : code
}

function withBaseUrl({ env, ...line }: CommandLine, { url }: Running): CommandLine {
  return { ...line, env: { ...env, INBOXES_BASE_URL: url } }
}

async function runCommand(line: CommandLine, terminal: Terminal, messages: Messages): Promise<number> {
  const ownGroup = terminal.groups && !terminal.keyboard
  try {
    const command = await startCommand(line, ownGroup)
    forwardSignals(command, terminal)
    const code = await command.ended
    await command.endLeftovers()
    return code
  } catch (error) {
    terminal.err.write(`${messages.failure(startFailureText(line.file, error))}\n`)
    return EXIT.cannotRun
  }
}

/** Passes signals on. From a terminal, Ctrl-C and hang-up reach the command without us, and the command decides what they do. */
function forwardSignals(command: CommandProcess, terminal: Terminal): void {
  let asked = false
  terminal.onSignal((signal) => {
    if (signal !== 'SIGTERM' && terminal.keyboard) return
    command.signal(asked ? 'SIGKILL' : signal)
    if (asked) terminal.exit(EXIT[signal])
    asked = true
  })
}

function startFailureText(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const why = code === 'ENOENT' ? 'no such program, or no such folder to run it in' : code
  return `${printable(file)} cannot be started (${why}). Name a program after --, for example: inboxes-mock exec -- npm test`
}
