import { pointerTo } from '../json-pointer.ts'
import { MAX_DEPTH } from './decoded.ts'

/** Where the scan of a text ended: the position at which it breaks, or that it is deeper than a body may be. */
export type ScanEnd = 'well-formed' | 'too-deep' | number

/** A list or an object that is being read. `from` and `to` hold the name of an object's member, with its quotes. */
interface Level {
  readonly close: ']' | '}'
  index: number
  from: number
  to: number
}

/**
 * Reads JSON (RFC 8259) without making a value of it, in memory that does not grow with the text. Calls `onNumber` with the
 * digits of each number as they stand there, and with the place of it as a JSON Pointer.
 */
export function scanJson(text: string, onNumber: (digits: string, pointer: () => string) => void = () => {}): ScanEnd {
  const levels: Level[] = []
  const reader = createReader(text)
  const pointer = () => levels.reduce((parent, level) => pointerTo(parent, tokenOf(level, text)), '')
  for (;;) {
    reader.skipSpace()
    const opened = LISTS[text[reader.at] ?? '']
    const start = reader.at
    if (opened) {
      if (levels.length === MAX_DEPTH) return 'too-deep'
      reader.at += 1
      levels.push({ close: opened, index: 0, from: 0, to: 0 })
      const isEmpty = reader.skipTo(opened)
      if (!isEmpty && !readName(levels.at(-1), reader)) return reader.at
      if (!isEmpty) continue
    } else if (reader.readNumber()) onNumber(text.slice(start, reader.at), pointer)
    else if (reader.at > start || !(reader.readString() || reader.readWord())) return reader.at
    const end = endValue(text, levels, reader)
    if (end !== undefined) return end
  }
}

const LISTS: Readonly<Record<string, Level['close']>> = { '{': '}', '[': ']' }

const tokenOf = ({ close, index, from, to }: Level, text: string): string | number =>
  close === ']' ? index : String(JSON.parse(text.slice(from, to)))

/** Goes on to the next value; gives the end of the scan if there is none. */
function endValue(text: string, levels: Level[], reader: Reader): ScanEnd | undefined {
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    if (reader.skipTo(level.close)) {
      reader.at += 1
      levels.pop()
    } else if (text[reader.at] === ',') {
      reader.at += 1
      level.index += 1
      reader.skipSpace()
      return readName(level, reader) ? undefined : reader.at
    } else return reader.at
  }
  reader.skipSpace()
  return reader.at < text.length ? reader.at : 'well-formed'
}

/** Reads the name of an object's member, with its colon. The items of a list have none. */
function readName(level: Level | undefined, reader: Reader): boolean {
  if (level?.close !== '}') return true
  level.from = reader.at
  if (!reader.readString()) return false
  level.to = reader.at
  if (!reader.skipTo(':')) return false
  reader.at += 1
  return true
}

type Reader = ReturnType<typeof createReader>

/** Reads one token after the other. If a token breaks, `at` is where it does. */
function createReader(text: string) {
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = reader.at
    if (!pattern.test(text)) return false
    reader.at = pattern.lastIndex
    return true
  }
  const reader = {
    at: 0,
    skipSpace: () => skip(/[ \t\r\n]*/y),
    /** Skips space; true if the character is there. */
    skipTo: (character: string) => {
      reader.skipSpace()
      return text[reader.at] === character
    },
    readWord: () => skip(/true|false|null/y),
    readNumber: () => {
      const start = reader.at
      skip(/-/y)
      if (!skip(/0|[1-9]\d*/y)) return false
      const isWhole = (!skip(/\./y) || skip(/\d+/y)) && (!skip(/[eE][+-]?/y) || skip(/\d+/y))
      return isWhole && reader.at > start
    },
    /** The characters are read one by one: the engine would note each place in a long text that it may come back to. */
    readString: () => {
      if (text[reader.at] !== '"') return false
      reader.at += 1
      for (let code = text.charCodeAt(reader.at); code !== QUOTE; code = text.charCodeAt(reader.at)) {
        if (code === BACKSLASH ? !skip(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y) : !(code >= SPACE)) return false
        if (code !== BACKSLASH) reader.at += 1
      }
      reader.at += 1
      return true
    },
  }
  return reader
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
