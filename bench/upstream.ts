import { pathOf } from '../src/openapi/package-files.ts'
import type { Contender } from './contender.ts'
import { bareServers, ours } from './contenders.ts'
import type { Pressure } from './load.ts'
import { loadTable, type Table } from './report.ts'
import { SAMPLES } from './requests.ts'
import { measureLoad, withServers } from './rounds.ts'

const PROXY = 'bare node:http proxy'
const { pet, list } = SAMPLES

/** The mock in front of a live server, beside a proxy that only passes on; the live server only sends answers of a file. */
export function measureUpstream(answersFile: string, rounds: number, pressure: Pressure): Promise<Table[]> {
  return withServers([bareServers(answersFile).http], pet, async ([live]) => {
    if (live === undefined) return []
    return withServers(
      [proxyTo(live.port), ...['read', 'full', 'check'].map((mode) => before(live.port, mode))],
      pet,
      async (servers) => {
        const tables: Table[] = []
        for (const sample of [pet, list]) {
          const measured = await measureLoad(servers, () => sample, rounds, pressure)
          tables.push(loadTable(`${sample.name}, in front of a live server`, measured, PROXY))
        }
        return tables
      },
    )
  })
}

const proxyTo = (livePort: number): Contender => ({
  name: PROXY,
  basePath: '/v2',
  argv: (port) => [pathOf('bench/servers/bare-proxy.cjs'), String(port), String(livePort)],
})

function before(livePort: number, mode: string): Contender {
  const mock = ours(`inboxes-mock --upstream-mode ${mode}`, 0)
  const flags = ['--upstream', `http://127.0.0.1:${livePort}/v2`, '--upstream-mode', mode]
  return { ...mock, argv: (port) => [...mock.argv(port), ...flags] }
}
