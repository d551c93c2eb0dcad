import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { plainText } from '../../../openapi/plain-text.ts'

/** The process that saves to a state file. */
export interface Owner {
  readonly pid: number
  readonly host: string
  /** Tells a process from another that got its number later; '' where the system does not say. */
  readonly started: string
}

/** The right of this process to save to a state file. */
export interface Lock {
  /** The owner that the lock names now; undefined if there is no lock. */
  owner(): Owner | undefined
  isMine(): boolean
  release(): void
}

/** Another process that runs on this machine has the lock. */
export class LockedError extends Error {
  override readonly name = 'LockedError'
  readonly owner: Owner

  constructor(owner: Owner) {
    super(`Process ${owner.pid} on ${owner.host} has the lock.`)
    this.owner = owner
  }
}

/** Milliseconds in which a lock that was just created gets its text. */
const BEGUN = 100

/**
 * Takes the lock in a folder. The lock of a process that no longer runs is taken over without a word; that of another
 * machine, of which nobody can tell, with a call of `onTakeover`. Rejects with a LockedError if the owner runs.
 */
export async function takeLock(folder: string, onTakeover: (owner: Owner) => void): Promise<Lock> {
  const path = join(folder, 'lock.json')
  const text = JSON.stringify(self())
  while (!create(path, text)) {
    if (read(path) === undefined) await sleep(BEGUN)
    const owner = read(path)
    if (owner && isRunning(owner)) throw new LockedError(owner)
    if (owner && owner.host !== hostname()) onTakeover(owner)
    rmSync(path, { force: true })
  }
  const isMine = () => {
    const owner = read(path)
    return owner !== undefined && JSON.stringify(owner) === text
  }
  return {
    owner: () => read(path),
    isMine,
    release: () => {
      if (isMine()) rmSync(path, { force: true })
    },
  }
}

const self = (): Owner => ({ pid: process.pid, host: hostname(), started: startOf(process.pid)?.started ?? '' })

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(path: string): Owner | undefined {
  try {
    const { pid, host, started } = JSON.parse(readFileSync(path, 'utf8'))
    return { pid: Number(pid), host: plainText(host), started: plainText(started) }
  } catch {
    return undefined
  }
}

/** A process of this machine that runs, and is the one that took the lock. */
function isRunning({ pid, host, started }: Owner): boolean {
  if (host !== hostname() || !answers(pid)) return false
  const now = startOf(pid)
  // In a container each process may have the number of the one before it.
  if (now === undefined || started === '') return pid !== process.pid
  return !now.isZombie && started === now.started
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The start of a process, and whether it has ended and is only still listed; undefined where the system does not say. */
function startOf(pid: number): { readonly started: string; readonly isZombie: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // Fields 3 (state) and 22 (start, in ticks since boot) of proc(5); the second, in parentheses, may have blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { started: `${boot} ${fields[19]}`, isZombie: fields[0] === 'Z' || fields[0] === 'X' }
  } catch {
    return undefined
  }
}
