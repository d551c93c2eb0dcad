import { ApiError } from '../../openapi/api-error.ts'
import { nearest } from '../../openapi/nearest.ts'
import { UPSTREAM_MODES, type UpstreamMode, type UpstreamOptions } from './upstream-options.ts'

/** The settings that may be changed while the mock runs. */
export interface Settings {
  readonly mode: UpstreamMode
  readonly pass: readonly string[]
  readonly mock: readonly string[]
  /** True to act as if the live server were down. */
  readonly pause: boolean
  /** True to answer 502 in place of an answer that breaks the document. */
  readonly strict: boolean
}

/** The way of one request. */
export type Way = UpstreamMode | 'mock'

/** The settings that a mock starts with. */
export const settingsOf = ({ mode = 'read', pass = [], mock = [], strict = false }: UpstreamOptions): Settings => ({
  mode,
  pass,
  mock,
  strict,
  pause: false,
})

/** The way of an operation: what is said of it wins over the mode. In check mode nothing is kept of what passes, too. */
export function wayOf({ mode, pass, mock }: Settings, operationId: string): Way {
  if (mock.includes(operationId)) return 'mock'
  if (pass.includes(operationId)) return mode === 'check' ? 'check' : 'full'
  return mode
}

/** Throws an ApiError if the settings name a mode or an operation that there is not, or one operation twice. */
export function requireSettings({ mode, pass, mock }: Settings, known: readonly string[]): void {
  if (!UPSTREAM_MODES.includes(mode)) throw refusal('mode', `one of ${UPSTREAM_MODES.join(', ')}`, mode)
  for (const [name, ids] of Object.entries({ pass, mock })) {
    const unknown = ids.find((id) => !known.includes(id))
    if (unknown !== undefined) throw unknownOperation(name, unknown, nearest(unknown, known))
  }
  const twice = pass.find((id) => mock.includes(id))
  if (twice !== undefined) throw refusal('mock', `without ${twice}, which pass names too`, twice)
}

const unknownOperation = (name: string, received: string, suggestion: string | undefined) =>
  refusal(name, `operationIds of the document${suggestion === undefined ? '' : `, such as ${suggestion}`}`, received)

const refusal = (name: string, expected: string, received: string) =>
  new ApiError(400, `/body/${name} must be ${expected}.`, [{ pointer: `/body/${name}`, expected, received }])
