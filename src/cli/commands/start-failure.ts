import { DEFAULTS } from '../../mock/defaults.ts'
import { StateFileError } from '../../mock/files/state-file.ts'
import { UpstreamError } from '../../mock/upstream/upstream-error.ts'
import { ApiError } from '../../openapi/api-error.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { EXIT } from '../exit-code.ts'
import type { Config, Variables } from '../options/read-command.ts'

/** The message and exit code for a mock that could not start. The message has one line and says what to do. */
export interface StartFailure {
  readonly message: string
  readonly exitCode: number
}

type Explain = (config: Config, from: (key: keyof Config) => string) => StartFailure

const portInUse: Explain = ({ port }, from) => ({
  message: `Port ${port}${from('port')} is in use. Free it, or choose another: inboxes-mock --port ${port < 65_535 ? port + 1 : 0}`,
  exitCode: EXIT.portInUse,
})

const forbiddenPort: Explain = ({ port }, from) => ({
  message: `Port ${port}${from('port')} needs more rights than this user has. Choose one above 1023: inboxes-mock --port ${DEFAULTS.port}`,
  exitCode: EXIT.failed,
})

const foreignHost: Explain = ({ host }, from) => ({
  message: `Host ${host}${from('host')} is not an address of this machine. Choose one that is: inboxes-mock --host ${DEFAULTS.host}`,
  exitCode: EXIT.failed,
})

const LISTENING = new Set(['listen', 'bind', 'getaddrinfo'])

/** The keys are Node's error codes for `listen`. */
const EXPLANATIONS: Readonly<Record<string, Explain>> = {
  EADDRINUSE: portInUse,
  EACCES: forbiddenPort,
  EPERM: forbiddenPort,
  EADDRNOTAVAIL: foreignHost,
  EAFNOSUPPORT: foreignHost,
  EINVAL: foreignHost,
  ENOTFOUND: foreignHost,
  EAI_AGAIN: foreignHost,
}

/** Explains why a mock could not start; undefined for an unexpected error. A value of the environment is told as such. */
export function explainStartFailure(
  error: unknown,
  config: Config,
  variables: Variables<Config> = {},
): StartFailure | undefined {
  const from = (key: keyof Config) => (variables[key] ? ` (of the variable ${variables[key]})` : '')
  const named = (key: keyof Config) => (variables[key] ? ` The variable ${variables[key]} names the file.` : '')
  if (error instanceof DocumentError) return { message: error.message + named('document'), exitCode: EXIT.usage }
  if (error instanceof UpstreamError) return { message: error.message, exitCode: EXIT.usage }
  if (error instanceof ApiError) return { message: asFlag(error), exitCode: EXIT.usage }
  if (error instanceof StateFileError) return { message: error.message + named('state'), exitCode: EXIT.failed }
  const { code = '', syscall = '' } = (error ?? {}) as NodeJS.ErrnoException
  return LISTENING.has(syscall) ? EXPLANATIONS[code]?.(config, from) : undefined
}

/** A setting that the document refuses is checked as the control plane's is, where it is a member of a body. */
const asFlag = ({ message }: ApiError) => message.replace(/^\/body\/(\w+)/, '--$1')
