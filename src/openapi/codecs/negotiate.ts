const JSON_TYPE = 'application/json'

interface Range {
  readonly type: string
  /** From 0, not acceptable, to 1. */
  readonly quality: number
}

/**
 * The media type to answer with (RFC 9110, section 12.5.1), or undefined if none is acceptable. Equal preference, any
 * type and no Accept at all mean JSON if it is offered. The package `negotiator` is not used because it takes the order
 * of the header or of the document there, and refuses what it cannot read, where we answer with JSON.
 */
export function negotiate(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (accept === undefined || accept === '*/*') return offered.includes(JSON_TYPE) ? JSON_TYPE : offered[0]
  const jsonFirst = offered.includes(JSON_TYPE) ? [JSON_TYPE, ...offered.filter((type) => type !== JSON_TYPE)] : offered
  const ranges = readRanges(accept)
  if (ranges.length === 0) return jsonFirst[0]
  const qualities = jsonFirst.map((type) => qualityOf(type, ranges))
  const best = Math.max(...qualities)
  return best > 0 ? jsonFirst[qualities.indexOf(best)] : undefined
}

/** Reads an Accept header. An entry that is no media range is ignored. */
function readRanges(accept: string): Range[] {
  return accept
    .toLowerCase()
    .split(',')
    .flatMap((entry) => {
      const [type = '', ...parameters] = entry.split(';').map((part) => part.trim())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
      return MEDIA_RANGE.test(type) && WEIGHT.test(weight) ? [{ type, quality: Number(weight) }] : []
    })
}

const MEDIA_RANGE = /^(\*\/\*|[^\s/*]+\/(\*|[^\s/*]+))$/
const WEIGHT = /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/

/** The most specific range that fits a type counts. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const fitting = [type, `${type.split('/')[0]}/*`, '*/*'].map((range) =>
    ranges.find((candidate) => candidate.type === range),
  )
  return fitting.find((range) => range !== undefined)?.quality ?? 0
}
