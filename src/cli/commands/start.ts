import { createMockCore } from '../../mock/create-mock.ts'
import { nodePlatform } from '../../mock/files/node-platform.ts'
import { followFiles, loadState, type Persistence } from '../../mock/files/persist.ts'
import { tryDocument } from '../../mock/files/try-document.ts'
import { createExpressApp } from '../../mock/http/express-app.ts'
import { listen } from '../../mock/http/server.ts'
import { DEFAULT_SESSION } from '../../mock/sessions/sessions.ts'
import type { Start } from './start-or-explain.ts'

/** Starts a mock and follows its files. Rejects if a file cannot be used or the address cannot be listened on. */
export const start: Start = async (config, onExchange, warn) => {
  let files: Persistence | undefined
  const onChange = (sessionId: string) => {
    if (sessionId === DEFAULT_SESSION) files?.touch()
  }
  const mock = createMockCore({ ...config, onExchange, onChange }, nodePlatform)
  if (config.document !== undefined) await tryDocument(mock.document)
  await loadState(mock, config)
  const running = await listen(createExpressApp(mock), { ...config, basePath: mock.basePath })
  files = followFiles(mock, config, warn)
  const { pets } = mock.sessions.get(DEFAULT_SESSION).store
  const [firstPet] = pets.keys()
  return {
    ...running,
    pets: pets.size,
    ...(firstPet !== undefined && { firstPet }),
    close: async () => {
      await running.close()
      files?.close()
    },
  }
}
