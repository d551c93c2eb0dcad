import { printable } from '../http/printable.ts'
import { readVersion } from '../openapi/package-files.ts'
import { EXIT } from './exit-code.ts'
import type { Command } from './options/read-command.ts'
import type { Terminal } from './output/terminal.ts'

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
      return serve(command.config, terminal, start, command.variables)
    }
    case 'contract':
      return (await import('./commands/contract.ts')).checkContract(command.config, terminal)
    case 'contract-replay':
      return (await import('./commands/contract.ts')).replayFinding(command.config, command.id, terminal)
    case 'contract-cleanup':
      return (await import('./commands/contract-cleanup.ts')).cleanUp(command.config, command.file, terminal)
    case 'exec': {
      const [{ exec }, { start }] = await Promise.all([import('./commands/exec.ts'), import('./commands/start.ts')])
      return exec(command.config, command.line, terminal, start, command.variables)
    }
  }
}
