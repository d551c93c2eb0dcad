/** Preferences by name, in lower case; '' for one without a value. */
export type Preferences = ReadonlyMap<string, string>

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"'
const WORD = `(?:${TOKEN}|${QUOTED})`
const PARAMETER = `(${TOKEN})(?:\\s*=\\s*(${WORD}))?`
/** One entry of the list: a preference, its parameters, which are ignored, and the comma or the end. */
const ENTRY = new RegExp(`\\s*(?:${PARAMETER}(?:\\s*;(?:\\s*${PARAMETER})?)*\\s*)?(?:,|$)`, 'y')

/** Reads a Prefer header, several of which are one list (RFC 7240, section 2). The first of a name counts; everything after a malformed entry is ignored. */
export function readPreferences(header: string): Preferences {
  const found = new Map<string, string>()
  ENTRY.lastIndex = 0
  while (ENTRY.lastIndex < header.length) {
    const entry = ENTRY.exec(header)
    if (entry === null) break
    const [, name, value = ''] = entry
    if (name !== undefined && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), unquote(value))
  }
  return found
}

function unquote(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word
}
