import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathOf } from '../../src/openapi/package-files.ts'

const fileOf = (reader: string) => pathOf(`test/fuzz/corpus/${reader}.json`)

/** The stored inputs of a reader: a list of texts with one character a byte. */
export function loadCorpus(reader: string): Buffer[] {
  const path = fileOf(reader)
  if (!existsSync(path)) return []
  return (JSON.parse(readFileSync(path, 'utf8')) as string[]).map((text) => Buffer.from(text, 'latin1'))
}

/** Stores inputs, the shortest first, up to so many bytes in all. */
export function saveCorpus(reader: string, inputs: readonly Buffer[], bytes: number): number {
  let left = bytes
  const kept = [...inputs]
    .sort((a, b) => a.length - b.length)
    .filter(({ length }) => {
      left -= length
      return left >= 0
    })
  const texts = kept.map((input) => JSON.stringify(input.toString('latin1')).replaceAll(/[\x7f-\xff]/g, escaped))
  writeFileSync(fileOf(reader), `[\n${texts.map((text) => `  ${text}`).join(',\n')}\n]\n`)
  return kept.length
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
