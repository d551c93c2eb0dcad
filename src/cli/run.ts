import type { Command } from '../config.ts'
import { printable } from '../journal/printable.ts'
import { readVersion } from '../package-files.ts'
import { EXIT } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** Carries out a command and resolves with the exit code. What takes time to load is loaded by the command that needs it. */
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
      const [{ serve }, { start }] = await Promise.all([import('./serve.ts'), import('./start.ts')])
      return serve(command.config, terminal, start)
    }
    case 'contract':
      return (await import('./contract.ts')).checkContract(command.config, terminal)
    case 'contract-replay':
      return (await import('./contract.ts')).replayFinding(command.config, command.id, terminal)
    case 'contract-cleanup':
      return (await import('./contract-cleanup.ts')).cleanUp(command.config, command.file, terminal)
    case 'exec': {
      const [{ exec }, { start }] = await Promise.all([import('./exec.ts'), import('./start.ts')])
      return exec(command.config, command.line, terminal, start)
    }
  }
}
