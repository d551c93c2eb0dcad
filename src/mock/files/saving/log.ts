import { isUtf8 } from 'node:buffer'
import { closeSync, fchmodSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../../../openapi/codecs/read-json.ts'
import { type Access, giveTo } from './folder.ts'

/** A file of the log that is written to. Each line is one acknowledged change, or says which state file the changes follow. */
export interface LogFile {
  /**
   * Adds a line. It has reached the system when this returns, so that it outlives the process. Throws Node's error if it
   * cannot be added whole; the file then ends in a torn line, and takes no other.
   */
  append(line: string): void
  /** Closes and removes the file. */
  remove(): void
  close(): void
}

/** The hash of the state file that the changes of a log file follow; null if there was none. */
export type Base = string | null

const nameOf = (number: number) => `log-${number}`
const NAME = /^log-(\d+)$/

/** The numbers of the log files in a folder, ascending. */
export function logNumbers(folder: string): number[] {
  return namesIn(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Begins the next log file of a folder. Throws Node's error. */
export function beginLog(folder: string, base: Base, access: Access): LogFile {
  const path = join(folder, nameOf((logNumbers(folder).at(-1) ?? 0) + 1))
  const file = openSync(path, 'ax', access.mode)
  fchmodSync(file, access.mode)
  giveTo(path, access)
  const close = once(() => closeSync(file))
  const log: LogFile = {
    append: (line) => writeAll(file, Buffer.from(line)),
    remove: () => {
      close()
      rmSync(path, { force: true })
    },
    close,
  }
  try {
    log.append(baseLine(base))
    return log
  } catch (error) {
    log.remove()
    throw error
  }
}

/** Calls a function at the first call only. */
function once(action: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) action()
    isDone = true
  }
}

/** The log files that an earlier process left in a folder. They take no further lines. */
export function leftLogs(folder: string): LogFile[] {
  return logNumbers(folder).map((number) => ({
    append: () => {
      throw new Error('A log file of an earlier process takes no lines.')
    },
    remove: () => rmSync(join(folder, nameOf(number)), { force: true }),
    close: () => {},
  }))
}

/** Gives the log files of a folder other names, under which no start reads them; gives those names. */
export function setLogsAside(folder: string): string[] {
  return logNumbers(folder).map((number) => {
    const aside = join(folder, `unused-${nameOf(number)}`)
    renameSync(join(folder, nameOf(number)), aside)
    return aside
  })
}

/** The line that says which state file counts as known from now on. */
export const baseLine = (base: Base) => `${JSON.stringify({ base })}\n`

/** The line that says that the state file is about to be overwritten in place by a text of this hash. */
export const inPlaceLine = (hash: string) => `${JSON.stringify({ inPlace: hash })}\n`

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** A line of a log file, parsed. */
export interface LogLine {
  /** For messages: the file and the line, from 1. */
  readonly place: string
  readonly value: unknown
}

/** A line of a log is broken. */
export class BrokenLogError extends Error {
  override readonly name = 'BrokenLogError'
}

/** Reads all lines of the log files in a folder. A torn last line of a file is dropped; any other broken line throws. */
export function readLog(folder: string): LogLine[] {
  return logNumbers(folder).flatMap((number) => readLines(join(folder, nameOf(number))))
}

function readLines(path: string): LogLine[] {
  const bytes = readFileSync(path)
  const lines: LogLine[] = []
  let start = 0
  for (let number = 1; start < bytes.length; number++) {
    const end = bytes.indexOf(10, start)
    const line = parse(bytes.subarray(start, end < 0 ? bytes.length : end))
    const place = `${path}, line ${number}`
    if (line) lines.push({ place, value: line.value })
    else if (end >= 0) throw new BrokenLogError(`${place} is broken. It was left as it is; repair or remove the line.`)
    start = end < 0 ? bytes.length : end + 1
  }
  return lines
}

function parse(bytes: Uint8Array): { readonly value: unknown } | undefined {
  if (!isUtf8(bytes)) return undefined
  const { value, faults } = readJson(new TextDecoder().decode(bytes))
  return faults.length === 0 ? { value } : undefined
}
