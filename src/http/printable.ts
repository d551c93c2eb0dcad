/**
 * Controls, line separators, invisible and text-reordering characters, all of which can fool a terminal or a reader; and the
 * second sign of `##[`, which anywhere in a line begins a command of GitHub's runner.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?<=#)#(?=\[)/gu

/** The text on one line, at most `most` characters of it, with all unprintable characters escaped. */
export function printable(text: string, most = 1_000): string {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text
  return shown.replace(UNPRINTABLE, escapedOf)
}

const escapedOf = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`

/** The text with its line breaks and tabs, and all other unprintable characters escaped. */
export const printableLines = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => (/[\n\r\t]/.test(character) ? character : escapedOf(character)))

/** True if `printable` gives the text as it is, but for its length. */
export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) < 0

/** The value as one line of JSON. Unprintable characters are escaped, so that it still parses to the same value. */
export const jsonLine = (value: unknown): string => escapeJson(JSON.stringify(value))

/** The value as JSON of several lines, escaped in the same way. */
export const jsonLines = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).split('\n').map(escapeJson).join('\n')

const escapeJson = (json: string) =>
  json.replace(UNPRINTABLE, (character) => character.split('').map(escapeUnit).join(''))

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
