import { pointerTo } from '../json-pointer.ts'
import { decodePercent } from '../percent-encoding.ts'
import type { Schema } from '../schema.ts'
import { type Decoded, type DecodeFault, malformed } from './decoded.ts'

/** Decodes a form (WHATWG URL, application/x-www-form-urlencoded). Fields that the document does not know are left out. */
export function readForm(text: string, schema: Schema): Decoded {
  // URLSearchParams decodes anything: it keeps a broken escape, and puts U+FFFD for bytes that are no UTF-8.
  if (decodePercent(text) === undefined) return malformed('valid percent-encoding in UTF-8')
  // URLSearchParams drops a leading question mark, which in a form belongs to the first name.
  const form = new URLSearchParams(`&${text}`)
  const value: Record<string, string> = {}
  const faults: DecodeFault[] = []
  for (const name of Object.keys(schema.properties)) {
    const [first, ...more] = form.getAll(name)
    if (first !== undefined) value[name] = first
    if (more.length > 0)
      faults.push({ pointer: pointerTo('', name), expected: 'one value', received: form.getAll(name) })
  }
  return { value, faults }
}
