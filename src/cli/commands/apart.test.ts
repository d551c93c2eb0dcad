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
