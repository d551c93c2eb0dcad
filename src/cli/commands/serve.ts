import { EXIT } from '../exit-code.ts'
import type { Config, Variables } from '../options/read-command.ts'
import { messagesFor } from '../output/messages.ts'
import type { Terminal } from '../output/terminal.ts'
import { type Start, startOrExplain } from './start-or-explain.ts'
import { untilStopped } from './stop.ts'

/** Serves until a signal and resolves with the exit code. Rejects with unexpected errors only. */
export async function serve(
  config: Config,
  terminal: Terminal,
  start: Start,
  variables: Variables<Config> = {},
): Promise<number> {
  const messages = messagesFor(config, terminal)
  const running = await startOrExplain(config, terminal, messages, start, variables)
  if (typeof running === 'number') return running
  const stopped = untilStopped(terminal)
  terminal.out.write(`${messages.ready(running, config, terminal.pid)}\n`)
  await stopped
  await running.close()
  return running.isSaved() ? EXIT.done : EXIT.failed
}
