import type { MockCore } from '../../mock/create-mock.ts'
import type { ConnectedLive } from '../../mock/files/connect-live.ts'
import { followDocument } from '../../mock/files/follow-document.ts'
import { type FollowedState, followState } from '../../mock/files/follow-state.ts'
import { createNodeCore } from '../../mock/files/node-core.ts'
import { recorded } from '../../mock/files/record-changes.ts'
import { tryDocument } from '../../mock/files/try-document.ts'
import { createExpressApp } from '../../mock/http/express-app.ts'
import type { OnRefused } from '../../mock/http/malformed.ts'
import { listen, type Running } from '../../mock/http/server.ts'
import type { Exchange } from '../../mock/requests/exchange.ts'
import { createRuns } from '../../mock/runs/runs.ts'
import { DEFAULT_SESSION } from '../../mock/sessions/sessions.ts'
import { slowRules } from '../../openapi/patterns/slow-rules.ts'
import type { Config } from '../options/read-command.ts'
import type { Start } from './start-or-explain.ts'
import type { RunningMock } from './start-upstream.ts'

/** Starts a mock and follows its files. Rejects if a file cannot be used or the address cannot be listened on. */
export const start: Start = async (config, onExchange, warn) => {
  let listener: ((exchange: Exchange) => void) | undefined
  const upstream = config.upstream && {
    upstream: await (await loadUpstream()).readUpstream(config.upstream, config.ca),
  }
  const runs = createRuns(async (input) => (await import('./report-run.ts')).prepareRun(input, config), Date.now)
  const onEachExchange = (exchange: Exchange) => {
    onExchange(exchange)
    listener?.(exchange)
  }
  const mock = createNodeCore({ ...config, ...upstream, onExchange: onEachExchange }, { runs })
  for (const sentence of config.document === undefined ? [] : slowRules(mock.document)) warn(sentence)
  if (config.document !== undefined) await tryDocument(mock.document)
  for (const news of mock.news) warn(news)
  const state = config.state === undefined ? undefined : await followState(mock, config.state, config.save, warn)
  const running = await listenOrLeave(mock, config, onExchange, state)
  const startLive = async (connected: ConnectedLive, around: Omit<RunningMock, 'onExchange'>) => {
    const onEach = (each: typeof listener) => {
      listener = each
    }
    try {
      return await (await loadUpstream()).startUpstream(connected, config, { ...around, onExchange: onEach })
    } catch (error) {
      await running.close()
      await state?.close()
      throw error
    }
  }
  const live = mock.live && (await startLive(mock.live, { running, document: mock.document, warn }))
  state?.watch()
  const document = config.document === undefined ? undefined : followDocument(mock, config.document, warn)
  const { pets } = mock.sessions.get(DEFAULT_SESSION).store
  const [firstPet] = pets.keys()
  let isSaved = true
  return {
    ...running,
    pets: pets.size,
    ...(firstPet !== undefined && { firstPet }),
    isSaved: () => isSaved,
    close: async () => {
      runs.close()
      await running.close()
      await live?.close()
      document?.close()
      isSaved = (await state?.close()) ?? true
    },
  }
}

/** The code for a live server is loaded if there is one. */
const loadUpstream = () => import('./start-upstream.ts')

/** Listens; if that fails, the state file is left as a stop leaves it. */
async function listenOrLeave(
  mock: MockCore,
  config: Config,
  onRefused: OnRefused,
  state: FollowedState | undefined,
): Promise<Running> {
  const serve = state ? recorded(mock.serve, state.record) : mock.serve
  try {
    return await listen(createExpressApp({ serve, reportDefect: mock.reportDefect }), {
      ...config,
      basePath: mock.basePath,
      onRefused,
    })
  } catch (error) {
    await state?.close()
    throw error
  }
}
