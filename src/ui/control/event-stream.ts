/** One event of a `text/event-stream`. */
export interface StreamEvent {
  readonly id: string
  readonly event: string
  readonly data: string
}

/** Takes the text of a stream in pieces of any length, and gives the events that have become whole. */
export type StreamParser = (piece: string) => readonly StreamEvent[]

const NONE = { id: '', event: 'message', data: '' }

/**
 * A parser of event streams, as the HTML standard (9.2.6) describes them, without `retry`. `onId` is called with the id to continue
 * after; a stream begins with one that no event has.
 */
export function createStreamParser(onId: (id: string) => void = () => {}): StreamParser {
  let rest = ''
  let fields = NONE
  let hasData = false
  const take = (line: string): readonly StreamEvent[] => {
    if (line === '') {
      if (fields.id !== '') onId(fields.id)
      const whole = hasData ? [fields] : []
      fields = { ...NONE, id: fields.id }
      hasData = false
      return whole
    }
    const [name, value] = fieldOf(line)
    if (name === 'data') fields = { ...fields, data: hasData ? `${fields.data}\n${value}` : value }
    if (name === 'id' || name === 'event') fields = { ...fields, [name]: value }
    hasData ||= name === 'data'
    return []
  }
  return (piece) => {
    const text = rest + piece
    // A CR at the end may be the first half of a line break.
    const end = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, end).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + text.slice(end)
    return lines.flatMap(take)
  }
}

/** A line that starts with a colon is a comment: its name is empty. */
function fieldOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':')
  if (colon < 0) return [line, '']
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}
