import type { Request } from '../../contract/interaction.ts'
import { defaultMode, runContract } from '../../contract/run-contract.ts'
import { printable } from '../../http/printable.ts'
import { EXIT } from '../exit-code.ts'
import type { ContractConfig } from '../options/read-command.ts'
import type { Terminal } from '../output/terminal.ts'
import { mockOfThisProcess, optionsOf } from './contract-run.ts'

/** How much of a body is shown. */
const MOST_SHOWN = 400

/** Prints what a run would send, as a mock of this process was sent it: ids and names differ on another server. */
export async function printPlan(config: ContractConfig, terminal: Terminal): Promise<number> {
  const mode = config.mode ?? (config.baseUrl === undefined ? 'full' : defaultMode(config.baseUrl))
  const sent: Request[] = []
  const options = {
    ...optionsOf({ ...config, mode, quiet: true }, terminal),
    mode,
    journal: () => {},
    onRequest: (request: Request) => void sent.push(request),
  }
  const { problem } = await runContract({ ...options, ...mockOfThisProcess() })
  if (problem !== '') {
    terminal.err.write(`${printable(problem)}\n`)
    return EXIT.usage
  }
  const where = config.baseUrl ?? 'a mock of this process'
  const lines = sent.map((request) => planLine(request, config.baseUrl ?? ''))
  const last = `${lines.length} requests to ${where} in mode ${mode}; none was sent to it.`
  terminal.out.write(`${[...lines, last].join('\n')}\n`)
  return EXIT.done
}

/** A request on one line, as the server that is meant would get it. */
function planLine({ method, path, headers, body }: Request, baseUrl: string): string {
  const type = headers['Content-Type'] ?? ''
  const shown = body === undefined ? [] : [`${type} ${printable(body.toString(), MOST_SHOWN)}`]
  return [`${method} ${printable(baseUrl + path)}`, ...shown].join('  ')
}
