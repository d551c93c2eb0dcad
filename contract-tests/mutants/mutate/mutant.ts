/** One change to the code of a server. All of them are in one instrumented copy, where a number switches each on. */
export interface Mutant {
  readonly number: number
  readonly file: string
  readonly line: number
  /** The text of the line, which tells equal changes of a file apart. */
  readonly at: string
  /** Stryker's name of the kind of change. */
  readonly mutator: string
  readonly original: string
  readonly replacement: string
}

/** The same as long as nobody touches the line: numbers change with each mutant before. */
export const keyOf = ({ file, at, mutator, original, replacement }: Mutant): string =>
  [file, at, mutator, `${original} → ${replacement}`].join(' | ')

/** The mutant on one line, for people. */
export const describe = ({ file, line, mutator, original, replacement }: Mutant): string =>
  `${file}:${line} ${mutator}: ${original} → ${replacement}`

/** The most letters that are kept of a piece of code. */
const MOST = 140

/** A piece of code on one line. */
export function oneLine(code: string): string {
  const text = code.replace(/\s+/g, ' ').trim()
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}
