import { printable } from '../http/printable.ts'
import { readVersion } from '../openapi/package-files.ts'
import { EXIT } from './exit-code.ts'
import type { Command } from './options/read-command.ts'
import type { Terminal } from './output/terminal.ts'
import { isExplained } from './usage-problem.ts'

/** Runs a command and resolves with its exit code. Each command imports its own modules, so that `--help` starts fast. */
export async function run(command: Command, terminal: Terminal): Promise<number> {
  switch (command.kind) {
    case 'help':
      terminal.out.write(`${command.text}\n`)
      return EXIT.done
    case 'version':
      terminal.out.write(`${readVersion()}\n`)
      return EXIT.done
    case 'usage-error':
      terminal.err.write(`${printable(command.message)}\n`)
      return EXIT.usage
    case 'serve': {
      const [{ serve }, { start }] = await Promise.all([import('./commands/serve.ts'), import('./commands/start.ts')])
      await warn(command, terminal)
      return serve(command.config, terminal, start, command.variables)
    }
    case 'exec': {
      const [{ exec }, { start }] = await Promise.all([import('./commands/exec.ts'), import('./commands/start.ts')])
      await warn(command, terminal)
      return exec(command.config, command.line, terminal, start, command.variables)
    }
    default:
      return explained(terminal, () => runOnServer(command, terminal))
  }
}

async function warn({ notes, config }: MockCommand, terminal: Terminal): Promise<void> {
  if (notes === undefined) return
  const { warning } = (await import('./output/messages.ts')).messagesFor(config, terminal)
  for (const note of notes) terminal.err.write(`${warning(note)}\n`)
}

type MockCommand = Extract<Command, { kind: 'serve' | 'exec' }>

/** An error whose message is for users is one line, and exit code 2. */
async function explained(terminal: Terminal, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!isExplained(error)) throw error
    terminal.err.write(`${printable(error.message)}\n`)
    return EXIT.usage
  }
}

type ServerCommand = Extract<
  Command,
  { kind: 'contract' | 'contract-replay' | 'contract-cleanup' | 'drift' | 'import' }
>

/** The commands that are about another server. */
async function runOnServer(command: ServerCommand, terminal: Terminal): Promise<number> {
  switch (command.kind) {
    case 'contract':
      return (await import('./commands/contract.ts')).checkContract(command.config, terminal)
    case 'contract-replay':
      return (await import('./commands/contract.ts')).replayFinding(command.config, command.id, terminal)
    case 'contract-cleanup':
      return (await import('./commands/contract-cleanup.ts')).cleanUp(command.config, command.file, terminal)
    case 'drift':
      return (await import('./commands/drift.ts')).compareWithMock(command.config, terminal)
    case 'import':
      return (await import('./commands/import-har.ts')).importArchive(command.file, command.config, terminal)
  }
}
