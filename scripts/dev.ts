import { type ChildProcess, spawn } from 'node:child_process'
import { context } from 'esbuild'
import { pathOf } from '../src/openapi/package-files.ts'

const OUT = pathOf('.compiled/dev.mjs')
const args = process.argv.slice(2)
let running: ChildProcess | undefined

/** Ends the command that runs, waits for its port to be free, and starts the one that was just compiled. */
async function restart(): Promise<void> {
  if (running && running.exitCode === null && running.signalCode === null) {
    const ended = new Promise((resolve) => running?.once('exit', resolve))
    running.kill('SIGTERM')
    await ended
  }
  running = spawn(process.execPath, ['--enable-source-maps', OUT, ...args], { stdio: 'inherit' })
}

/** Compiles the command at each change of a source, and restarts it. Packages stay outside, so this takes little time. */
async function main(): Promise<void> {
  const watched = await context({
    entryPoints: [pathOf('src/cli/main.ts')],
    outfile: OUT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
    plugins: [
      { name: 'restart', setup: ({ onEnd }) => onEnd(({ errors }) => (errors.length > 0 ? undefined : restart())) },
    ],
  })
  await watched.watch()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running?.kill('SIGTERM')
      void watched.dispose()
    })
  }
}

await main()
