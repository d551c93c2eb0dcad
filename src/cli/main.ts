import { isatty } from 'node:tty'
import { EXIT } from './exit-code.ts'
import { readCommand, wantsStack } from './options/read-command.ts'
import { crashText } from './output/crash.ts'
import type { Terminal } from './output/terminal.ts'
import { run } from './run.ts'

/** What may still hold the process after its work is done, in milliseconds. */
const LINGER = 200

const terminal: Terminal = {
  out: process.stdout,
  err: process.stderr,
  pid: process.pid,
  keyboard: isatty(0),
  groups: process.platform !== 'win32',
  onSignal: (listener, signals = ['SIGINT', 'SIGTERM']) => {
    for (const signal of signals) process.on(signal, () => listener(signal))
  },
  exit: (code) => process.exit(code),
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`${crashText(error, wantsStack())}\n`)
  process.exit(EXIT.failed)
})

/** A reader that has gone, as `head -1` does, is no reason to stop serving. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

// No await here: the published command is CommonJS, which has none at the top. What is not caught comes to the listener above.
void run(readCommand(process.argv.slice(2)), terminal).then((code) => {
  process.exitCode = code
  setTimeout(() => process.exit(), LINGER).unref()
})
