import { printable } from '../../http/printable.ts'
import type { Running } from '../../mock/http/server.ts'
import { EXIT } from '../exit-code.ts'
import type { CommandLine, Config } from '../options/read-command.ts'
import { jsonVoice, textVoice, type Voice } from '../output/messages.ts'
import { painterFor, type Terminal } from '../output/terminal.ts'
import { type CommandProcess, startCommand } from './command-process.ts'
import { type Start, startOrExplain } from './start-or-explain.ts'

/** Runs a command with a mock of its own and resolves with the command's exit code. Standard output is the command's alone. */
export async function exec(config: Config, line: CommandLine, terminal: Terminal, start: Start): Promise<number> {
  const voice = config.json ? jsonVoice : textVoice(painterFor(terminal.err))
  const running = await startOrExplain(config, terminal, voice, start)
  if (typeof running === 'number') return running
  if (!config.quiet) terminal.err.write(`${voice.ready(running, config, terminal.pid)}\n`)
  try {
    return await runCommand(withBaseUrl(line, running), terminal, voice)
  } finally {
    await running.close()
  }
}

function withBaseUrl({ env, ...line }: CommandLine, { url }: Running): CommandLine {
  return { ...line, env: { ...env, INBOXES_BASE_URL: url } }
}

async function runCommand(line: CommandLine, terminal: Terminal, voice: Voice): Promise<number> {
  const ownGroup = terminal.groups && !terminal.keyboard
  try {
    const command = await startCommand(line, ownGroup)
    forwardSignals(command, terminal)
    const code = await command.ended
    await command.sweep()
    return code
  } catch (error) {
    terminal.err.write(`${voice.failure(whyNot(line.file, error))}\n`)
    return EXIT.cannotRun
  }
}

/** Ctrl-C at a keyboard, and its end, reach the command by themselves, and what they mean there is the command's to say. */
function forwardSignals(command: CommandProcess, terminal: Terminal): void {
  let asked = false
  terminal.onSignal(
    (signal) => {
      if (signal !== 'SIGTERM' && terminal.keyboard) return
      command.signal(asked ? 'SIGKILL' : signal)
      if (asked) terminal.exit(EXIT[signal])
      asked = true
    },
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
  )
}

function whyNot(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const why = code === 'ENOENT' ? 'no such program, or no such folder to run it in' : code
  return `${printable(file)} cannot be started (${why}). Name a program after --, for example: inboxes-mock exec -- npm test`
}
