import { defaultMode } from '../../contract/choose-mode.ts'
import type { Request } from '../../contract/interaction.ts'
import { createRunRedaction } from '../../contract/redact.ts'
import { runContract } from '../../contract/run-contract.ts'
import { printable } from '../../http/printable.ts'
import { EXIT } from '../exit-code.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { mockInThisProcess, optionsOf } from './contract-run.ts'

/** Characters of a body that the plan shows. */
const BODY_LENGTH = 400

/** Prints the requests of a run. They are sent to a mock in this process, so ids and names differ on another server. */
export async function printPlan(config: ContractConfig, terminal: Terminal): Promise<number> {
  const mode = config.mode ?? (config.baseUrl === undefined ? 'full' : defaultMode(config.baseUrl.url))
  const sent: Request[] = []
  const options = {
    ...optionsOf({ ...config, mode, quiet: true }, terminal),
    mode,
    journal: () => {},
    onRequest: (request: Request) => void sent.push(request),
  }
  const { problem } = await runContract({ ...options, ...mockInThisProcess(config) })
  if (problem !== '') {
    terminal.err.write(`${printable(problem)}\n`)
    return EXIT.usage
  }
  const baseUrl = config.baseUrl === undefined ? '' : createRunRedaction(config.apiKey).target(config.baseUrl.url)
  const target = baseUrl === '' ? 'a mock in this process' : printable(baseUrl)
  const lines = sent.map((request) => planLine(request, baseUrl))
  const last = `${lines.length} requests to ${target} in mode ${mode}; none was sent to it.`
  terminal.out.write(`${[...lines, last].join('\n')}\n`)
  return EXIT.done
}

/** Writes a request on one line, with the URL of the server that the plan is for. */
function planLine({ method, path, headers, body }: Request, baseUrl: string): string {
  const type = headers['Content-Type'] ?? ''
  const shown = body === undefined ? [] : [`${type} ${printable(body.toString(), BODY_LENGTH)}`]
  return [`${method} ${printable(baseUrl + path)}`, ...shown].join('  ')
}
