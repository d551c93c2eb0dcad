/** A piece of a pattern: makes a text with so many repetitions more than needed. */
type Piece = (extra: number) => string

/** Most repetitions more than needed that are tried to reach a length. */
const MOST_EXTRA = 64

/**
 * A text that a pattern matches and that is at least so long; undefined if none was found. It knows letters, classes, groups,
 * alternatives and repetitions; patterns that look ahead or back have none.
 */
export function samplePattern(pattern: string, least = 0): string | undefined {
  try {
    const make = new PatternReader(pattern).read()
    const test = new RegExp(pattern, 'u')
    for (let extra = 0; extra <= MOST_EXTRA; extra++) {
      const text = make(extra)
      if (text.length >= least && test.test(text)) return text
    }
  } catch {
    // The pattern has more than is known here, or is none.
  }
  return undefined
}

const CLASSES: Readonly<Record<string, string>> = { d: '0', w: 'a', s: ' ', D: 'a', W: '-', S: 'a', n: '\n', t: '\t' }

/** Characters that are tried for a class. */
const CANDIDATES = 'aA0-_ .@bZ9xyz123456789BCDEFGHIJKLMNOPQRSTUVWXYcdefghijklmnopqrstuvw!#$%&*+,/:;<=>?^|~'

class PatternReader {
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  read(): Piece {
    const piece = this.#alternatives()
    if (this.#at < this.#pattern.length) throw new SyntaxError('unbalanced')
    return piece
  }

  /** The first alternative is as good as any. */
  #alternatives(): Piece {
    const first = this.#sequence()
    while (this.#take('|')) this.#sequence()
    return first
  }

  #sequence(): Piece {
    const pieces: Piece[] = []
    while (this.#at < this.#pattern.length && !')|'.includes(this.#peek())) pieces.push(this.#repeated(this.#one()))
    return (extra) => pieces.map((piece) => piece(extra)).join('')
  }

  #one(): Piece {
    const character = this.#next()
    if (character === '^' || character === '$') return () => ''
    if (character === '.') return () => 'a'
    if (character === '[') return this.#class()
    if (character === '(') return this.#group()
    if (character !== '\\') return () => character
    const escaped = this.#next()
    if (/[1-9bBkpPux]/.test(escaped)) throw new SyntaxError('not known')
    return () => CLASSES[escaped] ?? escaped
  }

  #group(): Piece {
    if (this.#take('?') && !this.#take(':')) throw new SyntaxError('not known')
    const piece = this.#alternatives()
    if (!this.#take(')')) throw new SyntaxError('unbalanced')
    return piece
  }

  #class(): Piece {
    const start = this.#at - 1
    while (this.#peek() !== ']') if (this.#next() === '\\') this.#next()
    this.#at += 1
    const test = new RegExp(`^${this.#pattern.slice(start, this.#at)}$`, 'u')
    const character = [...CANDIDATES].find((candidate) => test.test(candidate))
    if (character === undefined) throw new SyntaxError('not known')
    return () => character
  }

  #repeated(piece: Piece): Piece {
    const [whole, least, comma, most] = /^(?:\{(\d+)(?:(,)(\d*))?\}|[?*+])/.exec(this.#pattern.slice(this.#at)) ?? []
    if (whole === undefined) return piece
    this.#at += whole.length
    this.#take('?')
    const from = whole === '+' ? 1 : Number(least ?? 0)
    const to = whole === '?' ? 1 : most ? Number(most) : least !== undefined && !comma ? from : Number.POSITIVE_INFINITY
    return (extra) => Array.from({ length: Math.min(from + extra, to) }, () => piece(0)).join('')
  }

  #peek(): string {
    const character = this.#pattern[this.#at]
    if (character === undefined) throw new SyntaxError('cut off')
    return character
  }

  #next(): string {
    const character = this.#peek()
    this.#at += 1
    return character
  }

  #take(character: string): boolean {
    if (this.#pattern[this.#at] !== character) return false
    this.#at += 1
    return true
  }
}
