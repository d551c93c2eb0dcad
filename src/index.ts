import { type AppOptions, createApp, type MockApp } from './app.ts'
import { listen, type Running } from './server.ts'

/** An independent mock of the Inboxes Developer API. Two in one process never meet. */
export interface Mock extends Pick<MockApp, 'app' | 'store' | 'defects' | 'reset'> {
  /** Serves on loopback, on a free port unless told otherwise. */
  listen(where?: { readonly host?: string; readonly port?: number }): Promise<Running>
}

/** Makes a mock. Throws a DocumentError where the document cannot be used. */
export function createMock(options: AppOptions = {}): Mock {
  const mock = createApp(options)
  return Object.assign(mock, {
    listen: ({ host = '127.0.0.1', port = 0 } = {}) => listen(mock.app, { host, port, basePath: mock.basePath }),
  })
}

export type { AppOptions as MockOptions } from './app.ts'
export { type Clock, fixedClock, REFERENCE_DATE } from './clock.ts'
export type { Violation } from './errors.ts'
export type { Exchange } from './exchange.ts'
export type {
  ApiResponse,
  Domain,
  DomainIn,
  Order,
  Pet,
  Problem,
  StoredDomain,
  StoredPet,
  StoredUser,
  Tag,
  User,
} from './model.ts'
export type { Running } from './server.ts'
export { DocumentError } from './spec/document.ts'
export type { OperationId } from './spec/operation.ts'
export type { Store } from './store/store.ts'
