import { printable } from '../http/printable.ts'
import { readVersion } from '../openapi/package-files.ts'
import { EXIT } from './exit-code.ts'
import type { Command, Config } from './options/read-command.ts'
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
      if (command.notes) await warn(command.notes, command.config, terminal)
      return serve(command.config, terminal, start, command.variables)
    }
    case 'contract':
    case 'contract-replay':
    case 'contract-cleanup':
    case 'drift':
    case 'import':
      return runContractCommand(command, terminal)
    case 'exec': {
      const [{ exec }, { start }] = await Promise.all([import('./commands/exec.ts'), import('./commands/start.ts')])
      return exec(command.config, command.line, terminal, start, command.variables)
    }
  }
}

async function warn(notes: readonly string[], config: Config, terminal: Terminal): Promise<void> {
  const { warning } = (await import('./output/messages.ts')).messagesFor(config, terminal)
  for (const note of notes) terminal.err.write(`${warning(note)}\n`)
}

type ContractCommand = Extract<
  Command,
  { kind: 'contract' | 'contract-replay' | 'contract-cleanup' | 'drift' | 'import' }
>

/** A file that cannot be used is one line and exit code 2. */
async function runContractCommand(command: ContractCommand, terminal: Terminal): Promise<number> {
  try {
    if (command.kind === 'import')
      return await (await import('./commands/import-har.ts')).importArchive(command.file, command.config, terminal)
    if (command.kind === 'drift')
      return await (await import('./commands/drift.ts')).compareWithMock(command.config, terminal)
    if (command.kind === 'contract-cleanup')
      return await (await import('./commands/contract-cleanup.ts')).cleanUp(command.config, command.file, terminal)
    const { checkContract, replayFinding } = await import('./commands/contract.ts')
    return command.kind === 'contract'
      ? await checkContract(command.config, terminal)
      : await replayFinding(command.config, command.id, terminal)
  } catch (error) {
    if (!isExplained(error)) throw error
    terminal.err.write(`${printable(error.message)}\n`)
    return EXIT.usage
  }
}
