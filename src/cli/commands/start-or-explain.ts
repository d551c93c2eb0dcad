import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import type { Config, Variables } from '../options/read-command.ts'
import type { Messages } from '../output/messages.ts'
import type { Terminal } from '../output/terminal.ts'
import { explainStartFailure } from './start-failure.ts'
import type { Started } from './started.ts'

/** Starts a mock and reports each request to it and each warning. Resolves once it accepts connections. */
export type Start = (
  config: Config,
  onExchange: (exchange: ExchangeSummary) => void,
  warn: (message: string) => void,
) => Promise<Started>

/** Resolves with the running server, or prints why there is none and resolves with the exit code. Rejects with unexpected errors. */
export async function startOrExplain(
  config: Config,
  terminal: Terminal,
  messages: Messages,
  start: Start,
  variables: Variables<Config>,
): Promise<Started | number> {
  try {
    const running = await start(config, requestLog(config, terminal, messages), (message) => {
      terminal.err.write(`${messages.warning(message)}\n`)
    })
    if (running.exposed) terminal.err.write(`${messages.warning(exposure(config))}\n`)
    if (config.open) void openPage(running, terminal, messages)
    return running
  } catch (error) {
    const failure = explainStartFailure(error, config, variables)
    if (!failure) throw error
    terminal.err.write(`${messages.failure(failure.message)}\n`)
    return failure.exitCode
  }
}

/** A page that cannot be opened is one line, and no reason to end. */
async function openPage({ url }: Started, { err, open }: Terminal, { warning }: Messages): Promise<void> {
  const page = `${new URL(url).origin}/`
  const reason = await open?.(page)
  if (reason !== undefined) err.write(`${warning(`The page was not opened: ${reason}. Open ${page} yourself.`)}\n`)
}

/** Prints one line a request. `--quiet` hides all but defects of the mock; preflights show with `--verbose` alone. */
function requestLog(
  { quiet, verbose }: Config,
  { err }: Terminal,
  messages: Messages,
): (exchange: ExchangeSummary) => void {
  return (exchange) => {
    const isWanted = !quiet && (verbose || !exchange.isPreflight)
    if (isWanted || exchange.defect !== undefined) err.write(`${messages.exchange(exchange)}\n`)
  }
}

function exposure({ host }: Config): string {
  return `Listening on ${host}: other machines may reach this mock. Leave out --host to keep it to this one.`
}
