import { expect, test } from '@jest/globals'
import { spawnCli } from '../process.test.support.ts'

/** Commands that the build puts into a file of their own, each with a mistake. */
const MISTAKES = [
  [['contract', '--cert', 'a.pem', '--base-url', 'http://127.0.0.1:1/v2'], '--cert and --key belong together'],
  [['drift'], 'drift needs the server'],
  [['import', 'no-such.har', '--to', 'state.json'], 'no-such.har cannot be read (ENOENT)'],
] as const

test.each(MISTAKES)(
  'the published command explains %j in one line',
  async (args, why) => {
    const cli = spawnCli(args)
    expect(await cli.ended).toBe(2)
    expect(cli.written.err).toContain(why)
    expect(cli.written.err.trim().split('\n')).toHaveLength(1)
    expect(cli.written.err).not.toContain('Unexpected error')
  },
  60_000,
)

test('the published mock makes a report when the control plane asks for one', async () => {
  const env = { INBOXES_CONTRACT_ONLY: 'getPetById', INBOXES_CONTRACT_DEPTH: 'quick', INBOXES_API_KEY: 'special-key' }
  const cli = spawnCli(['--port', '0', '--json'], { env })
  try {
    const { url } = JSON.parse(await cli.firstLine())
    const ask = async (path: string, init = {}) =>
      JSON.parse(await (await fetch(`${new URL(url).origin}/__admin${path}`, init)).text())
    const body = JSON.stringify({ kind: 'contract', baseUrl: url })
    const { id } = await ask('/runs', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    let run = await ask(`/runs/${id}`)
    for (; run.state === 'running'; run = await ask(`/runs/${id}`)) await new Promise((wake) => setTimeout(wake, 100))
    expect(run).toMatchObject({ state: 'done', report: { verdict: 'conforms', mode: 'safe' } })
  } finally {
    cli.child.kill()
    await cli.ended
  }
}, 60_000)
