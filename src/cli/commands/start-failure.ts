import { DEFAULTS } from '../../mock/defaults.ts'
import { StateFileError } from '../../mock/files/state-file.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { EXIT } from '../exit-code.ts'
import type { Config } from '../options/read-command.ts'

/** The message and exit code for a mock that could not start. The message has one line and says what to do. */
export interface StartFailure {
  readonly message: string
  readonly exitCode: number
}

type Explain = (config: Config) => StartFailure

const portInUse: Explain = ({ port }) => ({
  message: `Port ${port} is in use. Free it, or choose another: inboxes-mock --port ${port < 65_535 ? port + 1 : 0}`,
  exitCode: EXIT.portInUse,
})

const forbiddenPort: Explain = ({ port }) => ({
  message: `Port ${port} needs more rights than this user has. Choose one above 1023: inboxes-mock --port ${DEFAULTS.port}`,
  exitCode: EXIT.failed,
})

const foreignHost: Explain = ({ host }) => ({
  message: `Host ${host} is not an address of this machine. Choose one that is: inboxes-mock --host ${DEFAULTS.host}`,
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

/** Explains why a mock could not start; undefined for an unexpected error. */
export function explainStartFailure(error: unknown, config: Config): StartFailure | undefined {
  if (error instanceof DocumentError) return { message: error.message, exitCode: EXIT.usage }
  if (error instanceof StateFileError) return { message: error.message, exitCode: EXIT.failed }
  const { code = '', syscall = '' } = (error ?? {}) as NodeJS.ErrnoException
  return LISTENING.has(syscall) ? EXPLANATIONS[code]?.(config) : undefined
}
