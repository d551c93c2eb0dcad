import type { Alias, Document, LineCounter, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { DocumentError } from './document-error.ts'
import { pointerTo } from './json-pointer.ts'
import type { LineIndex } from './line-index.ts'
import { yaml } from './yaml.ts'

/** Levels of nesting that are read. Inboxes' own document has 11. */
export const MOST_LEVELS = 64

/** Aliases may repeat their nodes, so the values are counted after they were followed. Inboxes' own document has 1,300. */
export const MOST_VALUES = 100_000

/** A text of YAML or JSON as plain JSON, and where each node of it stands. */
export interface ReadYaml {
  readonly json: unknown
  readonly lines: LineIndex
}

/** Reads YAML as JSON in time that its length bounds. Throws a DocumentError, with the line, where it is no JSON. */
export function readYaml(text: string, source: string): ReadYaml {
  const { LineCounter } = yaml()
  const counter = new LineCounter()
  const parsed = parse(text, source, counter)
  requireOne(parsed, source, counter)
  const reader = createReader(counter, source)
  return { json: reader.read(parsed.contents), lines: reader.lines }
}

function parse(text: string, source: string, lineCounter: LineCounter): Document {
  try {
    // The package's own test for doubled keys takes time by the square of their number, and so do its pretty errors, which
    // show their line each: the reader has its own.
    return yaml().parseDocument(text, { lineCounter, uniqueKeys: false, stringKeys: false, prettyErrors: false })
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(source)
    throw new DocumentError(`${source} is not YAML: ${firstLine(String(error))}. Fix it, or name another file.`)
  }
}

/** A tag that YAML does not know is a warning only, but its value is not the one that was meant. */
function requireOne({ errors, warnings }: Document, source: string, counter: LineCounter): void {
  const error = errors[0] ?? warnings[0]
  if (error === undefined) return
  const { line, col } = counter.linePos(error.pos[0])
  if (error.code === 'MULTIPLE_DOCS')
    throw new DocumentError(`${source}, line ${line}: a second YAML document begins here. Leave one in the file.`)
  // The package reports its own overflow as an error of the text.
  if (error.message.includes('call stack')) throw tooDeep(source)
  throw new DocumentError(
    `${source} is not YAML: ${firstLine(error.message)} at line ${line}, column ${col}. Fix it, or name another file.`,
  )
}

const tooDeep = (source: string) => new DocumentError(`${source} is nested too deeply to be read. Flatten it.`)

const firstLine = (message: string) => message.split('\n', 1)[0]

/** The node of an anchor, once it was read: its value, and how many values that has. */
interface Anchored {
  readonly value: unknown
  readonly size: number
}

function createReader(counter: LineCounter, source: string) {
  const { isAlias, isMap, isScalar, isSeq } = yaml()
  const lines = new Map<string, number>([['', 1]])
  const anchors = new Map<string, Anchored | 'open'>()
  let size = 0

  function read(node: unknown, pointer = '', level = 0): unknown {
    size += 1
    if (size > MOST_VALUES) throw at(node, pointer, `has more than ${MOST_VALUES} values, counting aliases. Shorten it`)
    if (level > MOST_LEVELS) throw at(node, pointer, `is nested more than ${MOST_LEVELS} levels deep. Flatten it`)
    if (isAlias(node)) return readAlias(node, pointer)
    const { anchor } = (node ?? {}) as { anchor?: string }
    if (anchor === undefined) return readValue(node, pointer, level)
    const before = size
    anchors.set(anchor, 'open')
    const value = readValue(node, pointer, level)
    anchors.set(anchor, { value, size: size - before })
    return value
  }

  function readAlias(node: Alias, pointer: string): unknown {
    const found = anchors.get(node.source)
    if (found === undefined) throw at(node, pointer, `refers to *${node.source}, which no node before it is called`)
    if (found === 'open') throw at(node, pointer, `contains itself, by *${node.source}. Write a value there`)
    size += found.size
    return found.value
  }

  function readValue(node: unknown, pointer: string, level: number): unknown {
    if (isMap(node) && PLAIN.has(node.tag)) return readMap(node, pointer, level)
    if (isSeq(node) && PLAIN.has(node.tag)) return readList(node, pointer, level)
    const value = isScalar(node) ? node.value : node
    if (value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)) return value
    throw at(node, pointer, 'is a value that JSON does not have, such as a date. Write it in quotes')
  }

  function readMap(node: YAMLMap, pointer: string, level: number): unknown {
    const entries = new Map<string, unknown>()
    for (const pair of node.items) {
      const key = keyOf(pair, pointer)
      const child = pointerTo(pointer, key)
      note(pair.key, child)
      if (entries.has(key)) throw at(pair.key, child, 'stands there a second time. Remove one of the two')
      entries.set(key, read(pair.value, child, level + 1))
    }
    return Object.fromEntries(entries)
  }

  function keyOf({ key }: Pair, pointer: string): string {
    const name = isScalar(key) ? key.value : undefined
    if (name === '__proto__') throw at(key, pointer, 'has a key __proto__, which no object can have. Rename it')
    if (typeof name === 'string' || typeof name === 'number' || typeof name === 'boolean') return String(name)
    throw at(key, pointer, 'has a key that is not a text. Write it in quotes')
  }

  function readList(node: YAMLSeq, pointer: string, level: number): unknown {
    return node.items.map((item, index) => {
      const child = pointerTo(pointer, index)
      note(item, child)
      return read(item, child, level + 1)
    })
  }

  /** A mapping's entry stands where its key stands. */
  function note(node: unknown, pointer: string): void {
    const line = lineOf(node)
    if (line !== undefined) lines.set(pointer, line)
  }

  function lineOf(node: unknown): number | undefined {
    const offset = (node as Node | null)?.range?.[0]
    return offset === undefined ? undefined : counter.linePos(offset).line
  }

  function at(node: unknown, pointer: string, what: string): DocumentError {
    const line = lineOf(node) ?? lines.get(pointer)
    const place = line === undefined ? source : `${source}, line ${line}`
    return new DocumentError(`${place}: ${pointer || 'the document'} ${what}.`, pointer)
  }

  return { read, lines }
}

/** Tags of YAML whose nodes are objects and lists in JSON. */
const PLAIN = new Set([undefined, 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq'])
