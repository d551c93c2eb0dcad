import { pointerTo } from '../spec/pointer.ts'
import type { Schema } from '../spec/schema.ts'
import { type Decoded, type DecodeFault, malformed } from './decoded.ts'

/** Decodes a form (WHATWG URL, application/x-www-form-urlencoded). Fields that the document does not know are left out. */
export function readForm(text: string, schema: Schema): Decoded {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return malformed('valid percent-encoding')
  const form = new URLSearchParams(text)
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
