import type { Config } from '../config.ts'
import type { ExchangeSummary } from '../exchange.ts'
import type { Running } from '../server.ts'
import { EXIT } from './exit-code.ts'
import { explainStartFailure } from './start-failure.ts'
import { untilStopped } from './stop.ts'
import { painterFor, type Terminal } from './terminal.ts'
import { jsonVoice, textVoice, type Voice } from './voice.ts'

/** Starts a mock and reports each of its exchanges; resolves once it accepts connections. */
export type Start = (
  config: Config,
  onExchange: (exchange: ExchangeSummary) => void,
  say: (message: string) => void,
) => Promise<Running>

/** Serves until a signal; resolves with the exit code. Rejects with what nobody foresaw. */
export async function serve(config: Config, terminal: Terminal, start: Start): Promise<number> {
  const voice = config.json ? jsonVoice : textVoice(painterFor(terminal.err))
  const running = await startOrExplain(config, terminal, voice, start)
  if (typeof running === 'number') return running
  const stopped = untilStopped(terminal)
  if (running.exposed) terminal.err.write(`${voice.warning(exposure(config))}\n`)
  terminal.out.write(`${voice.ready(running, config, terminal.pid)}\n`)
  await stopped
  await running.close()
  return EXIT.done
}

/** The running server, or the exit code after saying why there is none. */
async function startOrExplain(
  config: Config,
  terminal: Terminal,
  voice: Voice,
  start: Start,
): Promise<Running | number> {
  try {
    return await start(config, requestLog(config, terminal, voice), (message) => {
      terminal.err.write(`${voice.warning(message)}\n`)
    })
  } catch (error) {
    const failure = explainStartFailure(error, config)
    if (!failure) throw error
    terminal.err.write(`${voice.failure(failure.message)}\n`)
    return failure.exitCode
  }
}

/** One line per request; a defect is worth its line even when the log is silenced. */
function requestLog({ quiet }: Config, { err }: Terminal, voice: Voice): (exchange: ExchangeSummary) => void {
  return (exchange) => {
    if (!quiet || exchange.defect !== undefined) err.write(`${voice.exchange(exchange)}\n`)
  }
}

function exposure({ host }: Config): string {
  return `Listening on ${host}: other machines may reach this mock. Leave out --host to keep it to this one.`
}
