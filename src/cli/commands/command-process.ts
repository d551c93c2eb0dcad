import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CommandLine } from '../options/read-command.ts'

/** A command that runs with the standard streams of this process. */
export interface CommandProcess {
  /** Sends a signal to the command and, where it leads a group of its own, to all that it started. */
  readonly signal: (signal: NodeJS.Signals) => void
  /** Resolves with the exit code, as shells have it: 128 and the signal's number where one ended it. */
  readonly ended: Promise<number>
  /** Ends what the command left running in a group of its own: asks it, and after a second does not ask. */
  readonly sweep: () => Promise<void>
}

/** How often, in milliseconds, and how many times it is looked whether a group is gone. */
const LOOK_EVERY = 20
const LOOKS = 50

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
  const sweep = async () => {
    if (ownGroup && child.pid !== undefined && !(await endGroup(child.pid, 'SIGTERM')))
      await endGroup(child.pid, 'SIGKILL')
  }
  return { ended, sweep, signal: (signal) => send(child, signal, ownGroup) }
}

/** Signals a group; true once nobody is left in it. */
async function endGroup(pid: number, signal: NodeJS.Signals): Promise<boolean> {
  let isLeft = signalGroup(pid, signal)
  for (let look = 0; isLeft && look < LOOKS; look++) {
    await sleep(LOOK_EVERY)
    isLeft = signalGroup(pid, 0)
  }
  return !isLeft
}

/** False where there is nobody to signal. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return signal ? 128 + constants.signals[signal] : (code ?? 1)
}

/** The group may have gone, or be gone to another user, by the time it is signalled. */
function send(child: ChildProcess, signal: NodeJS.Signals, ownGroup: boolean): void {
  const isSent = ownGroup && child.pid !== undefined && signalGroup(child.pid, signal)
  if (!isSent) child.kill(signal)
}
