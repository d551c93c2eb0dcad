import { bytesOfLatin1, decodeText } from './charset.ts'

/** A header's value with parameters, such as `form-data; name="file"`. Names are in lower case. */
export interface Parameterized {
  readonly value: string
  readonly parameters: ReadonlyMap<string, string>
}

/** Reads a Content-Type in a text of one character a byte. Gives undefined if it is malformed. */
export function readContentType(text: string): Parameterized | undefined {
  return readParameterized(text, MEDIA_TYPE, (_name, raw) => unquoted(raw))
}

/** Reads a Content-Disposition (RFC 6266) in a text of one character a byte. Gives undefined if it is malformed. */
export function readDisposition(text: string): Parameterized | undefined {
  return readParameterized(text, DISPOSITION, (name, raw) =>
    name.endsWith('*') ? readExtended(raw) : decodeText(bytesOfLatin1(unquoted(raw)), 'utf-8'),
  )
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]"
const TEXT = '[\\t\\x20!\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]'
const QUOTED = `"(?:${TEXT}|\\\\(?:${TEXT}|["\\\\]))*"`
const MEDIA_TYPE = new RegExp(`^${TOKEN}+/${TOKEN}+`)
const DISPOSITION = new RegExp(`^${TOKEN}*`)
const PARAMETER = new RegExp(`[ \\t]*;[ \\t]*(${TOKEN}*)=(${QUOTED}|${TOKEN}+)`, 'y')

function readParameterized(
  text: string,
  pattern: RegExp,
  decode: (name: string, raw: string) => string | undefined,
): Parameterized | undefined {
  const [value] = pattern.exec(text) ?? []
  if (value === undefined) return undefined
  const parameters = new Map<string, string>()
  let end = value.length
  const readNext = () => {
    PARAMETER.lastIndex = end
    return PARAMETER.exec(text)
  }
  for (let found = readNext(); found; found = readNext()) {
    const [whole, name = '', raw = ''] = found
    const decoded = decode(name, raw)
    if (decoded === undefined) return undefined
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), decoded)
    end += whole.length
  }
  return text.slice(end).trim() === '' ? { value: value.toLowerCase(), parameters } : undefined
}

/** Browsers send a backslash of a file name as it is: only the quotation mark and the backslash itself are escaped. */
const unquoted = (raw: string) => (raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(["\\])/g, '$1') : raw)

/** RFC 8187, section 3.2.1: a charset, a language, and the bytes of the text with percent-encoding. */
const EXTENDED = /^([\w!#$%&+^`~-]*)'[^']*'((?:[\w!#$&+.^`|~-]|%[\da-fA-F]{2})*)$/

function readExtended(raw: string): string | undefined {
  const [, charset, encoded] = EXTENDED.exec(raw) ?? []
  if (charset === undefined || encoded === undefined) return undefined
  const bytes = encoded.replace(/%(..)/g, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return decodeText(bytesOfLatin1(bytes), charset)
}
