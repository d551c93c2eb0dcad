import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { createRedaction } from '../../http/redaction/redaction.ts'
import type { ConnectedLive } from '../../mock/files/connect-live.ts'
import { openHar } from '../../mock/files/har-file.ts'
import { recordTo } from '../../mock/files/record-file.ts'
import { codeOf } from '../../mock/files/saving/replace-file.ts'
import type { Running } from '../../mock/http/server.ts'
import { keysOf } from '../../mock/options.ts'
import type { Exchange } from '../../mock/requests/exchange.ts'
import { probeLive } from '../../mock/upstream/probe.ts'
import { createScrubber } from '../../mock/upstream/scrub.ts'
import { UpstreamError } from '../../mock/upstream/upstream-error.ts'
import type { UpstreamOptions } from '../../mock/upstream/upstream-options.ts'
import type { ApiDocument } from '../../openapi/document.ts'
import { readVersion } from '../../openapi/package-files.ts'
import type { Config } from '../options/read-command.ts'

/** The connection to a live server, which ends with the mock. */
export interface StartedUpstream {
  close(): Promise<void>
}

/** The options with the certificate of the file. Rejects with an UpstreamError if it cannot be used. */
export async function readUpstream(upstream: UpstreamOptions, ca: string | undefined): Promise<UpstreamOptions> {
  if (ca === undefined) return upstream
  try {
    const text = await readFile(ca, 'utf8')
    createSecureContext({ ca: text })
    if (text.includes('-----BEGIN CERTIFICATE-----')) return { ...upstream, ca: text }
  } catch (error) {
    throw new UpstreamError(`--ca: ${ca} cannot be used (${codeOf(error)}). Name a certificate as PEM.`)
  }
  throw new UpstreamError(`--ca: ${ca} has no PEM text. It must begin with -----BEGIN CERTIFICATE-----.`)
}

/** A mock that listens. */
export interface RunningMock {
  readonly running: Running
  readonly document: ApiDocument
  /** Calls back with each request from now on. */
  readonly onExchange: (listener: (exchange: Exchange) => void) => void
  readonly warn: (message: string) => void
}

/**
 * Asks the live server once, and says in one sentence what is wrong with it. Rejects with an UpstreamError if it is this mock,
 * which must listen by now.
 */
export async function startUpstream(
  live: ConnectedLive,
  config: Config,
  { running, document, onExchange, warn }: RunningMock,
): Promise<StartedUpstream> {
  const { upstream } = config
  try {
    const { side, hasMetItself } = await live.parts()
    const sentence = upstream && (await probeLive(side, upstream, document))
    if (hasMetItself())
      throw new UpstreamError(`${upstream?.url} is this mock itself. Name another server by --upstream.`)
    if (sentence !== undefined) warn(sentence)
    const { record, har } = config
    const recording = record === undefined ? undefined : await recordTo(record, live, document, warn)
    const archive = har === undefined ? undefined : await startArchive(har, live, config, running, warn)
    if (archive) onExchange((exchange) => archive.append(exchange))
    return {
      close: async () => {
        await recording?.close()
        archive?.close()
        await live.close()
      },
    }
  } catch (error) {
    await live.close()
    throw error
  }
}

async function startArchive(
  path: string,
  live: ConnectedLive,
  config: Config,
  { url }: Running,
  warn: (message: string) => void,
) {
  const { side } = await live.parts()
  return openHar(path, {
    base: new URL(url).origin,
    version: readVersion(),
    redaction: createRedaction(keysOf(config)),
    scrubber: createScrubber(config.seed, config.keep),
    secrets: side.recorder.secrets,
    now: Date.now,
    warn,
  })
}
