import { jsonLine, printable } from '../../http/printable.ts'
import { createRedaction, type Redaction } from '../../http/redaction/redaction.ts'
import { quoted as shellQuoted } from '../../http/shell-word.ts'
import { keysOf } from '../../mock/options.ts'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import type { Started } from '../commands/started.ts'
import type { Config } from '../options/read-command.ts'
import { type Colorize, exchangeJson, exchangeText } from './request-log.ts'
import { colorizeFor, type Terminal } from './terminal.ts'

/** The messages of the command in one output format. None ends in a newline. */
export interface Messages {
  readonly ready: (started: Started, config: Config, pid: number) => string
  readonly exchange: (exchange: ExchangeSummary) => string
  readonly warning: (message: string) => string
  readonly failure: (message: string) => string
}

/** Messages in the format that the flags ask for, with colours if the terminal has them. */
export function messagesFor(config: Config, { err }: Terminal): Messages {
  const redaction = createRedaction(keysOf(config))
  return config.json ? jsonMessages(redaction) : textMessages(colorizeFor(err), redaction)
}

/** Text for people. */
export function textMessages(colorize: Colorize, redaction: Redaction): Messages {
  return {
    ready: (started, config) =>
      [`inboxes-mock ready at ${started.url}`, ...(config.quiet ? [] : hint(started, config))].join('\n'),
    exchange: (exchange) => exchangeText(exchange, colorize, redaction),
    warning: (message) => colorize('yellow', printable(message)),
    failure: (message) => colorize('red', printable(message)),
  }
}

/** One JSON object a line for programs; `event` says which message it is. */
export const jsonMessages = (redaction: Redaction): Messages => ({
  ready: ({ url, port, pets }, { seed }, pid) => jsonLine({ event: 'ready', url, port, seed, pets, pid }),
  exchange: (exchange) => exchangeJson(exchange, redaction),
  warning: (message) => jsonLine({ event: 'warning', message }),
  failure: (message) => jsonLine({ event: 'error', message }),
})

/** A request to try (the first pet, or the inventory if there are no pets), the key, and the addresses that people and scripts need next. */
function hint({ url, firstPet }: Started, { apiKeys }: Config): string[] {
  const [key = ''] = apiKeys
  const path = firstPet === undefined ? 'store/inventory' : `pet/${firstPet}`
  const { origin } = new URL(url)
  return [
    `Try: curl -H ${quoted(`api_key: ${key}`)} ${url}/${path}`,
    `API key: ${key}`,
    `In a browser: ${origin}/   To wait for a start: ${origin}/__admin/ready`,
  ]
}

/** Quotes a text for a shell. Double quotes work in every shell, but a text with characters that shells expand needs single quotes. */
function quoted(text: string): string {
  return /^[\w .:,/+=~@-]*$/.test(text) ? `"${text}"` : shellQuoted(text)
}
