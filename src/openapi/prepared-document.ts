import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { JsonObject } from './json-object.ts'
import type { LineIndex } from './line-index.ts'
import { preparedFile } from './package-files.ts'

/** A document of the package, read when the package was built. */
export interface PreparedDocument {
  /** The digest of the text that was read. The rest holds for exactly this text, which the package has once. */
  readonly digest: string
  readonly json: JsonObject
  readonly lines: LineIndex
}

/**
 * The prepared document; undefined where the sources run. A start takes 0.16 to 0.18 of the CPU time without it and the
 * validators that belong to it, on Node 20, 22, 24 and 26 (`npm run bench:devices`). To go back: return undefined.
 */
export function readPrepared(name: string): PreparedDocument | undefined {
  const file = preparedFile(name)
  if (file === undefined) return undefined
  const { digest, json, lines } = JSON.parse(readFileSync(file, 'utf8'))
  return { digest, json, lines: new Map(lines) }
}

/**
 * Tells an edited text from the one that was read: nobody gains by a text of the same sum, since the file is the user's own. To
 * load node:crypto for a better sum takes longer than to read the document.
 */
export const digestOf = (text: string): string => `${text.length}-${crc32(text)}`
