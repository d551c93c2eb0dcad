import { isatty } from 'node:tty'
import { readVersion } from '../openapi/package-files.ts'
import { EXIT } from './exit-code.ts'
import { type Command, readCommand, wantsStack } from './options/read-command.ts'
import type { Terminal } from './output/terminal.ts'
import { unexpectedErrorText } from './output/unexpected-error.ts'
import { run } from './run.ts'

/** Milliseconds for open handles to close after the work is done. Then the process exits. */
const EXIT_DELAY = 200

const terminal: Terminal = {
  out: process.stdout,
  err: process.stderr,
  pid: process.pid,
  keyboard: isatty(0),
  groups: process.platform !== 'win32',
  onSignal: (listener, signals = ['SIGINT', 'SIGTERM', 'SIGHUP']) => {
    for (const signal of signals) process.on(signal, () => listener(signal))
  },
  exit: (code) => process.exit(code),
  open: async (url) => (await import('./commands/open-browser.ts')).openBrowser(url),
}

const command = readCommand(process.argv.slice(2))

/** An end without a result is no success, and for the contract suite it is no verdict either. */
const WITHOUT_RESULT: Readonly<Partial<Record<Command['kind'], number>>> = {
  contract: EXIT.usage,
  'contract-replay': EXIT.usage,
  'contract-cleanup': EXIT.usage,
  drift: EXIT.usage,
}
const withoutResult = WITHOUT_RESULT[command.kind] ?? EXIT.failed
let hasResult = false
process.exitCode = withoutResult

process.on('uncaughtException', (error) => {
  const versions = { mock: readVersion(), node: process.version }
  process.stderr.write(`${unexpectedErrorText(error, wantsStack(), versions)}\n`)
  process.exit(withoutResult)
})

/** Node ends by itself if nothing is left to wait for, also before a command is done. */
process.on('beforeExit', () => {
  if (hasResult) return
  hasResult = true
  process.stderr.write('The command ended before it had a result. Please report it.\n')
})

/** A reader that closes its end early, such as `head -1`, must not stop the server. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

// No top-level await: the published command is CommonJS. A rejection reaches the listener above.
void run(command, terminal).then((code) => {
  hasResult = true
  process.exitCode = code
  setTimeout(() => process.exit(), EXIT_DELAY).unref()
})
