import { printable } from '../http/printable.ts'
import type { CleanupLine } from './cleanup-log.ts'

/** A text is no clean-up log; the message says where and why, in one line. */
export class CleanupLogError extends Error {
  override readonly name = 'CleanupLogError'
}

/** Records that a run in owned mode creates, as the API deletes them. */
const OWN_PATH = /^\/(user|store\/order)\/[^/?#]+$/

const isPath = (path: string) => OWN_PATH.test(path)
const isText = () => true

/** The members of a line. Each line has one of them. */
const MEMBERS: Readonly<Record<keyof CleanupLine, (text: string) => boolean>> = {
  target: isText,
  remove: isPath,
  leftover: isText,
  writing: isText,
  written: isText,
  removed: isPath,
}

/**
 * Reads the text of a clean-up log, whose first line names the server of the run. A crash may have cut the last line, which
 * is left out then. Throws a CleanupLogError for any other text: cleaning up deletes what the log lists, and the log at the end.
 */
export function parseCleanupLog(text: string, source: string): CleanupLine[] {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  if (typeof Object(parse(lines[0] ?? '')).target !== 'string')
    throw new CleanupLogError(
      `${source} is no clean-up log: its first line names no server. Name the clean-up log that the run wrote.`,
    )
  const whole = lines.map((line, index) => lineOf(parse(line), `${source}, line ${index + 1}`))
  // A whole line without a line break is from an editor, which a crash would not leave so.
  const rest = parse(last)
  return rest === undefined ? whole : [...whole, lineOf(rest, `${source}, line ${lines.length + 1}`)]
}

function lineOf(value: unknown, where: string): CleanupLine {
  const members = Object.entries(Object(value))
  if (members.length === 1 && members.every(isMember)) return Object(value)
  throw new CleanupLogError(
    `${where} is none of a clean-up log: ${printable(JSON.stringify(value) ?? 'no JSON', 80)}. Name the clean-up log that the run wrote.`,
  )
}

const isMember = ([name, text]: readonly [string, unknown]) =>
  Object.hasOwn(MEMBERS, name) && typeof text === 'string' && MEMBERS[name as keyof CleanupLine](text)

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
