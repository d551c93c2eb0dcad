/** The headers of a part: the first value of each, by its name in lower case. */
export type PartHeaders = ReadonlyMap<string, string>

const TOKEN = "[\\w!#$%&'*+.^`|~-]"
const VALUE = '[\\t\\x20-\\x7e\\x80-\\xff]*'
/** A header, which may go on in lines that begin with space (RFC 822, section 3.1.1). */
const HEADER = `${TOKEN}+:${VALUE}(?:\\r\\n[ \\t]${VALUE})*`
const BLOCK = new RegExp(`^${HEADER}(?:\\r\\n${HEADER})*$`)

/** The headers in a text of one character a byte; undefined if it is malformed. */
export function readPartHeaders(block: string): PartHeaders | undefined {
  if (!BLOCK.test(block)) return undefined
  const headers = new Map<string, string>()
  for (const line of block.split(/\r\n(?![ \t])/)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).replace(/^[ \t]+/, '')
    if (!headers.has(name)) headers.set(name, value.replaceAll('\r\n', ''))
  }
  return headers
}
