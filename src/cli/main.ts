import { isatty } from 'node:tty'
import { EXIT } from './exit-code.ts'
import { readCommand, wantsStack } from './options/read-command.ts'
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
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`${unexpectedErrorText(error, wantsStack())}\n`)
  process.exit(EXIT.failed)
})

/** A reader that closes its end early, such as `head -1`, must not stop the server. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

// No top-level await: the published command is CommonJS. A rejection reaches the listener above.
void run(readCommand(process.argv.slice(2)), terminal).then((code) => {
  process.exitCode = code
  setTimeout(() => process.exit(), EXIT_DELAY).unref()
})
