import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import type { CommandLine } from '../config.ts'

/** A command that runs with the standard streams of this process. */
export interface CommandProcess {
  /** Sends a signal to the command and, where it leads a group of its own, to all that it started. */
  readonly signal: (signal: NodeJS.Signals) => void
  /** Resolves with the exit code, as shells have it: 128 and the signal's number where one ended it. */
  readonly ended: Promise<number>
}

/**
 * Starts a command without a shell; rejects with Node's error (`code`: ENOENT, EACCES, …) where it cannot be started.
 * In a group of its own, a command hears no Ctrl-C from the keyboard and may not read from the terminal.
 */
export async function startCommand({ file, args, env }: CommandLine, ownGroup: boolean): Promise<CommandProcess> {
  const child = spawn(file, args, { env, stdio: 'inherit', shell: false, detached: ownGroup })
  const ended = once(child, 'exit').then(([code, signal]) => exitCode(code, signal))
  // A command that cannot be started has no end; `spawn` tells why.
  ended.catch(() => {})
  await once(child, 'spawn')
  return { ended, signal: (signal) => send(child, signal, ownGroup) }
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return signal ? 128 + constants.signals[signal] : (code ?? 1)
}

/** The group may have gone, or be gone to another user, by the time it is signalled. */
function send(child: ChildProcess, signal: NodeJS.Signals, ownGroup: boolean): void {
  if (!ownGroup || child.pid === undefined) {
    child.kill(signal)
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}
