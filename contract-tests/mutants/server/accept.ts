import type { MediaType } from './handling.ts'

/** The most wanted of the offered types; undefined where `Accept` excludes all. An earlier offer wins a tie. */
export function preferredType(accept: string | undefined, offered: readonly MediaType[]): MediaType | undefined {
  const ranges = (accept?.trim() || '*/*').split(',').map(readRange)
  const rated = offered.map((type) => ({ type, quality: qualityOf(type, ranges) })).filter(({ quality }) => quality > 0)
  return rated.toSorted((a, b) => b.quality - a.quality)[0]?.type
}

interface Range {
  readonly name: string
  readonly quality: number
}

function readRange(text: string): Range {
  const [name = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { name, quality: quality === undefined ? 1 : Number(quality) || 0 }
}

/** The most specific range decides. */
function qualityOf(type: MediaType, ranges: readonly Range[]): number {
  const candidates = [type, 'application/*', '*/*']
  const range = candidates.map((name) => ranges.find((candidate) => candidate.name === name)).find(Boolean)
  return range?.quality ?? 0
}
