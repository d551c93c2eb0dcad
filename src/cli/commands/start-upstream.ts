import type { ConnectedLive } from '../../mock/files/connect-live.ts'
import type { Running } from '../../mock/http/server.ts'
import { probeLive } from '../../mock/upstream/probe.ts'
import { UpstreamError } from '../../mock/upstream/upstream-error.ts'
import type { Config } from '../options/read-command.ts'

/** The connection to a live server, which ends with the mock. */
export interface StartedUpstream {
  close(): Promise<void>
}

/**
 * Asks the live server once, and says in one sentence what is wrong with it. Rejects with an UpstreamError if it is this mock,
 * which must listen by now.
 */
export async function startUpstream(
  live: ConnectedLive,
  { upstream }: Config,
  running: Running,
  warn: (message: string) => void,
): Promise<StartedUpstream> {
  try {
    const { side, hasMetItself } = await live.parts()
    const sentence = upstream && (await probeLive(side, upstream))
    if (hasMetItself())
      throw new UpstreamError(`${upstream?.url} is this mock itself. Name another server by --upstream.`)
    if (sentence !== undefined) warn(sentence)
    return { close: live.close }
  } catch (error) {
    await live.close()
    await running.close()
    throw error
  }
}
