import { pointerTo } from '../json-pointer.ts'
import { setProperty } from '../own-property.ts'
import { decodePercent } from '../percent-encoding.ts'
import type { Schema } from '../schema.ts'
import { addBounded } from '../violation-limit.ts'
import { type Decoded, type DecodeFault, malformed, noteIgnored, withIgnored } from './decoded.ts'

/** Decodes a form (WHATWG URL, application/x-www-form-urlencoded). Fields that the document does not know are left out. */
export function readForm(text: string, schema: Schema): Decoded {
  if (decodePercent(text) === undefined) return malformed('valid percent-encoding in UTF-8')
  const ignored: string[] = []
  const fields = documentedFields(text, Object.keys(schema.properties), ignored)
  const value: Record<string, string> = {}
  const faults: DecodeFault[] = []
  for (const [name, received] of fields) {
    const [first, ...more] = received
    if (first !== undefined) setProperty(value, name, first)
    if (more.length > 0) faults.push({ pointer: pointerTo('', name), expected: 'one value', received })
  }
  return withIgnored({ value, faults }, ignored)
}

/** The values of these fields. Others are not kept: a form may have millions. */
function documentedFields(
  text: string,
  names: readonly string[],
  ignored: string[],
): ReadonlyMap<string, readonly string[]> {
  const fields = new Map(names.map((name) => [name, [] as string[]]))
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('&', start)
    const pair = text.slice(start, end < 0 ? text.length : end)
    const [name, value] = readPair(pair)
    const values = fields.get(name)
    if (values && pair !== '') addBounded(values, value)
    else if (pair !== '') noteIgnored(ignored, pointerTo('', name))
    start = end < 0 ? text.length : end + 1
  }
  return fields
}

/** Name and value of a field; without an equals sign all of it is the name. */
function readPair(pair: string): [name: string, value: string] {
  const equals = pair.indexOf('=')
  const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]
  return [decode(name), decode(value)]
}

/** A plus is a space. The escapes are known to be right. */
const decode = (text: string) => decodePercent(withSpaces(text)) ?? text

/** Part by part, and joined: `replaceAll` leaves a piece in memory for each space until the text is read. */
function withSpaces(text: string): string {
  let spaced = ''
  for (let at = 0; at < text.length; at += PART)
    spaced += text
      .slice(at, at + PART)
      .split('+')
      .join(' ')
  return spaced
}

const PART = 65_536
