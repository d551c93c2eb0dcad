import { jsonLine, printable } from '../../http/printable.ts'
import type { ExchangeSummary } from '../../mock/requests/exchange.ts'
import type { Started } from '../commands/started.ts'
import type { Config } from '../options/read-command.ts'
import { exchangeJson, exchangeText, type Paint } from './request-log.ts'

/** How the command says things; each gives text without a newline at its end. */
export interface Voice {
  readonly ready: (started: Started, config: Config, pid: number) => string
  readonly exchange: (exchange: ExchangeSummary) => string
  readonly warning: (message: string) => string
  readonly failure: (message: string) => string
}

/** For a person. */
export function textVoice(paint: Paint): Voice {
  return {
    ready: (started, config) =>
      [`inboxes-mock ready at ${started.url}`, ...(config.quiet ? [] : hint(started, config))].join('\n'),
    exchange: (exchange) => exchangeText(exchange, paint),
    warning: (message) => paint('yellow', printable(message)),
    failure: (message) => paint('red', printable(message)),
  }
}

/** For a program: one JSON object a line, told apart by `event`. */
export const jsonVoice: Voice = {
  ready: ({ url, port, pets }, { seed }, pid) => jsonLine({ event: 'ready', url, port, seed, pets, pid }),
  exchange: exchangeJson,
  warning: (message) => jsonLine({ event: 'warning', message }),
  failure: (message) => jsonLine({ event: 'error', message }),
}

/** Without pets there is still an inventory. */
function hint({ url, firstPet }: Started, { apiKeys }: Config): string[] {
  const [key = ''] = apiKeys
  const path = firstPet === undefined ? 'store/inventory' : `pet/${firstPet}`
  return [`Try: curl -H ${quoted(`api_key: ${key}`)} ${url}/${path}`, `API key: ${key}`]
}

/** Double quotes are understood by every shell; a text that holds what shells expand needs single ones. */
function quoted(text: string): string {
  return /^[\w .:,/+=~@-]*$/.test(text) ? `"${text}"` : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
