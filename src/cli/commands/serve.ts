import { EXIT } from '../exit-code.ts'
import type { Config } from '../options/read-command.ts'
import { jsonVoice, textVoice } from '../output/messages.ts'
import { painterFor, type Terminal } from '../output/terminal.ts'
import { type Start, startOrExplain } from './start-or-explain.ts'
import { untilStopped } from './stop.ts'

/** Serves until a signal; resolves with the exit code. Rejects with what nobody foresaw. */
export async function serve(config: Config, terminal: Terminal, start: Start): Promise<number> {
  const voice = config.json ? jsonVoice : textVoice(painterFor(terminal.err))
  const running = await startOrExplain(config, terminal, voice, start)
  if (typeof running === 'number') return running
  const stopped = untilStopped(terminal)
  terminal.out.write(`${voice.ready(running, config, terminal.pid)}\n`)
  await stopped
  await running.close()
  return EXIT.done
}
