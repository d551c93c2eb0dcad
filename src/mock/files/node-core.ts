import { createMockCore, type MockCore } from '../create-mock.ts'
import type { MockOptions } from '../options.ts'
import type { Platform } from '../platform.ts'
import { type ConnectedLive, connectLive } from './connect-live.ts'
import { platformFor } from './platform-for.ts'

/** A mock in Node, with the live server behind it, if the options name one. */
export interface NodeCore extends MockCore {
  readonly live?: ConnectedLive
}

/** Assembles a mock in Node. Throws a DocumentError if the document cannot be used. */
export function createNodeCore(options: MockOptions, further: Pick<Platform, 'runs'> = {}): NodeCore {
  const { upstream } = options
  const platform = { ...platformFor(options), ...further }
  return upstream === undefined ? createMockCore(options, platform) : connectLive(options, upstream, platform)
}
