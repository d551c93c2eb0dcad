import { bytesOf } from './bytes.ts'
import { isPrintable } from './printable.ts'

/** A text as one word of a POSIX shell, which reads nothing into it: no variable, command, pattern or option of its own. */
export function shellWord(text: string): string {
  return /^[\w./:%+,][\w./:%+=@,-]*$/.test(text) ? text : quoted(text)
}

/** The same in quotes. What could fool a reader or a terminal is written as octal bytes; single quotes are read by no shell. */
export function quoted(text: string): string {
  // A command's output loses the line breaks at its end.
  if (isPrintable(text) || text.endsWith('\n')) return `'${text.replaceAll("'", "'\\''")}'`
  return `"$(printf ${printfFormat(text)})"`
}

/** A text as the format of `printf`, of printable characters alone. */
export function printfFormat(text: string): string {
  return `'${Array.from(text, formatted).join('').replace(/^-/, '\\055').replaceAll('#[', '\\043[')}'`
}

function formatted(character: string): string {
  if (character === "'") return "'\\''"
  if (character === '%') return '%%'
  if (character === '\\') return '\\\\'
  return isPrintable(character) ? character : Array.from(bytesOf(character), octal).join('')
}

const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`
