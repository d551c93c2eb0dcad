import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import type { Config } from '../options/read-command.ts'
import type { Voice } from '../output/messages.ts'
import type { Terminal } from '../output/terminal.ts'
import { explainStartFailure } from './start-failure.ts'
import type { Started } from './started.ts'

/** Starts a mock and reports each of its exchanges; resolves once it accepts connections. */
export type Start = (
  config: Config,
  onExchange: (exchange: ExchangeSummary) => void,
  say: (message: string) => void,
) => Promise<Started>

/** The running server, or the exit code after saying why there is none. Rejects with what nobody foresaw. */
export async function startOrExplain(
  config: Config,
  terminal: Terminal,
  voice: Voice,
  start: Start,
): Promise<Started | number> {
  try {
    const running = await start(config, requestLog(config, terminal, voice), (message) => {
      terminal.err.write(`${voice.warning(message)}\n`)
    })
    if (running.exposed) terminal.err.write(`${voice.warning(exposure(config))}\n`)
    return running
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
