/** A line of a JSON value as it is shown, with the pointer of the value that begins on it. */
export interface JsonLine {
  readonly depth: number
  readonly pointer: string
  /** The name of the member; absent for items and for closing brackets. */
  readonly name?: string
  readonly text: string
  /** True if another member or item follows. */
  readonly comma?: true
  /** The kind of a value, for its colour. */
  readonly kind: 'string' | 'number' | 'word' | 'bracket'
}

/** The lines of a value that is written over several lines, with two blanks of indentation a level. */
export function jsonLines(value: unknown, pointer = '', depth = 0, name?: string): JsonLine[] {
  const at = { depth, pointer, ...(name !== undefined && { name }) }
  if (typeof value !== 'object' || value === null) return [{ ...at, text: JSON.stringify(value), kind: kindOf(value) }]
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const members = Object.entries(value)
  if (members.length === 0) return [{ ...at, text: `${open}${close}`, kind: 'bracket' }]
  const inner = members.flatMap(([key, member], index) => {
    const lines = jsonLines(member, `${pointer}/${escaped(key)}`, depth + 1, Array.isArray(value) ? undefined : key)
    return index < members.length - 1 ? withComma(lines) : lines
  })
  const bracket = { depth, kind: 'bracket' as const }
  return [
    { ...at, ...bracket, text: open ?? '' },
    ...inner,
    { ...bracket, pointer: `${pointer}#end`, text: close ?? '' },
  ]
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

function withComma(lines: JsonLine[]): JsonLine[] {
  const last = lines.at(-1)
  return last ? [...lines.slice(0, -1), { ...last, comma: true }] : lines
}

function kindOf(value: unknown): JsonLine['kind'] {
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'number' : 'word'
}
