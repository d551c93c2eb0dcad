import { createMock } from '../index.ts'
import type { Start } from './serve.ts'

/** Starts a mock as the public API does; rejects where the document cannot be used or the address not be taken. */
export const start: Start = async (config, onExchange) => {
  const mock = createMock({ ...config, onExchange })
  return mock.listen(config)
}
