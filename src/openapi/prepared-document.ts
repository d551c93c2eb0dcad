import { existsSync, readFileSync } from 'node:fs'
import type { JsonObject } from './json-object.ts'
import { pathOf } from './package-files.ts'
import type { LineIndex } from './source-lines.ts'

/** The package's own document, as it was read when the package was built. */
export interface PreparedDocument {
  /** The text that was read. What stands here holds for this text alone. */
  readonly text: string
  readonly json: JsonObject
  readonly lines: LineIndex
}

const FILE = pathOf('dist/prepared/document.json')

/** The prepared document; undefined while the package is being built. */
export function readPrepared(): PreparedDocument | undefined {
  if (!existsSync(FILE)) return undefined
  const { text, json, lines } = JSON.parse(readFileSync(FILE, 'utf8'))
  return { text, json, lines: new Map(lines) }
}
