/** Reads a query or a urlencoded body; throws on a malformed escape. */
export function readPairs(text: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>()
  for (const pair of text.split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=')
    const key = decodePart(name)
    pairs.set(key, [...(pairs.get(key) ?? []), decodePart(value.join('='))])
  }
  return pairs
}

const decodePart = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))

/** Reads a multipart body: each field's text, by name. Throws where it is cut off or has no boundary. */
export function readMultipart(body: Buffer, contentType: string): Map<string, string> {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const mark = boundary && `--${boundary[1] ?? boundary[2]}`
  const text = body.toString('latin1')
  if (!mark || !text.includes(`${mark}--`)) throw new SyntaxError('The multipart body has no end.')
  const parts = text
    .slice(0, text.indexOf(`${mark}--`))
    .split(mark)
    .slice(1)
  return new Map(parts.map(readPart))
}

function readPart(part: string): [string, string] {
  const headersEnd = part.indexOf('\r\n\r\n')
  const name = /;\s*name="([^"]*)"/i.exec(part.slice(0, headersEnd))?.[1]
  if (headersEnd < 0 || name === undefined) throw new SyntaxError('A part has no name.')
  const value = part.slice(headersEnd + 4).replace(/\r\n$/, '')
  return [name, Buffer.from(value, 'latin1').toString('utf8')]
}
