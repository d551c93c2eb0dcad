import { DEFAULTS } from '../../mock/defaults.ts'
import { StateFileError } from '../../mock/files/state-file.ts'
import { DocumentError } from '../../openapi/document-error.ts'
import { EXIT } from '../exit-code.ts'
import type { Config } from '../options/read-command.ts'

/** Why the mock could not start, in one line that says what to do, and how the process ends. */
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
  message: `Port ${port} is not for this user to listen on. Choose one above 1023: inboxes-mock --port ${DEFAULTS.port}`,
  exitCode: EXIT.failed,
})

const foreignHost: Explain = ({ host }) => ({
  message: `Host ${host} is not an address of this machine. Choose one that is: inboxes-mock --host ${DEFAULTS.host}`,
  exitCode: EXIT.failed,
})

const LISTENING = new Set(['listen', 'bind', 'getaddrinfo'])

/** By Node's code for the error of a listening server. */
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

/** Explains what keeps a mock from starting; undefined for what nobody foresaw. */
export function explainStartFailure(error: unknown, config: Config): StartFailure | undefined {
  if (error instanceof DocumentError || error instanceof StateFileError)
    return { message: error.message, exitCode: EXIT.failed }
  const { code = '', syscall = '' } = (error ?? {}) as NodeJS.ErrnoException
  return LISTENING.has(syscall) ? EXPLANATIONS[code]?.(config) : undefined
}
