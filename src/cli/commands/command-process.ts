import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CommandLine } from '../options/read-command.ts'

/** A command that runs with the standard streams of this process. */
export interface CommandProcess {
  /** Sends a signal to the command and, if it leads its own process group, to all that it started. */
  readonly signal: (signal: NodeJS.Signals) => void
  /** Resolves with the exit code. As in a shell, a command that a signal ended gives 128 plus the signal's number. */
  readonly ended: Promise<number>
  /** Ends processes that the command left running in its own group: SIGTERM, and SIGKILL one second later. */
  readonly endLeftovers: () => Promise<void>
}

/** Milliseconds between two polls for the end of a group, and how many polls there are. */
const POLL_INTERVAL = 20
const POLLS = 50

/**
 * Starts a command without a shell. Rejects with Node's error (`code`: ENOENT, EACCES, …) if it cannot be started.
 * A command in its own group gets no Ctrl-C from the keyboard and cannot read from the terminal.
 */
export async function startCommand({ file, args, env }: CommandLine, ownGroup: boolean): Promise<CommandProcess> {
  const child = spawn(file, args, { env, stdio: 'inherit', shell: false, detached: ownGroup })
  const ended = once(child, 'exit').then(([code, signal]) => exitCode(code, signal))
  // A command that cannot be started also rejects here; the wait for `spawn` below reports it.
  ended.catch(() => {})
  await once(child, 'spawn')
  const endLeftovers = async () => {
    if (ownGroup && child.pid !== undefined && !(await endGroup(child.pid, 'SIGTERM')))
      await endGroup(child.pid, 'SIGKILL')
  }
  return { ended, endLeftovers, signal: (signal) => send(child, signal, ownGroup) }
}

/** Signals a group and waits for its end; false if a process is still in it after the last poll. */
async function endGroup(pid: number, signal: NodeJS.Signals): Promise<boolean> {
  let isLeft = signalGroup(pid, signal)
  for (let poll = 0; isLeft && poll < POLLS; poll++) {
    await sleep(POLL_INTERVAL)
    isLeft = signalGroup(pid, 0)
  }
  return !isLeft
}

/** Returns false if the group has no process. Signal 0 only asks. */
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

/** Falls back to the command alone: its group may be gone, or belong to another user, by now. */
function send(child: ChildProcess, signal: NodeJS.Signals, ownGroup: boolean): void {
  const isSent = ownGroup && child.pid !== undefined && signalGroup(child.pid, signal)
  if (!isSent) child.kill(signal)
}
