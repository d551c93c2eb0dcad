import { pathOf } from '../../src/openapi/package-files.ts'
import type { Reader } from './reader.ts'

/** The file that has each reader. `journal` writes what clients sent, also as an HTTP archive; `har` reads such archives. */
const FILES = {
  json: 'body-readers',
  xml: 'body-readers',
  form: 'body-readers',
  multipart: 'body-readers',
  document: 'file-readers',
  state: 'file-readers',
  har: 'file-readers',
  journal: 'file-readers',
} as const

/** The names of all readers of bytes from elsewhere. */
export const READERS = Object.keys(FILES)

/** The source of a reader; undefined if there is none of this name. */
export const sourceOf = (name: string): string | undefined =>
  Object.hasOwn(FILES, name) ? pathOf(`test/fuzz/${FILES[name as keyof typeof FILES]}.ts`) : undefined

/** Loads a reader from its source, or from what was built of it. */
export async function loadReader(name: string, url: string): Promise<Reader> {
  const readers = (await import(url)) as Readonly<Record<string, Reader>>
  const reader = readers[name]
  if (reader === undefined) throw new Error(`${url} has no reader ${name}.`)
  return reader
}
