import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { build } from 'esbuild'

/** Counts how often each statement, branch and function ran. */
export interface Counters {
  /** Starts at 0 again. */
  reset(): void
  /** How many counters went where none was before, in steps of powers of two; they are known from now on. */
  news(): number
  /** How many counters there are, and how many have ever gone. */
  readonly total: number
  reached(): number
}

interface Coverage {
  s: Record<string, number> | Uint32Array
  f: Record<string, number> | Uint32Array
  b: Record<string, number[]> | Uint32Array[]
}

interface Instrumenter {
  instrumentSync(code: string, file: string): string
}

const { createInstrumenter } = createRequire(import.meta.url)('istanbul-lib-instrument') as {
  readonly createInstrumenter: (options: object) => Instrumenter
}
const VARIABLE = '__fuzz__'

/** The code with counters in it. `file` is their name. */
export const instrument = (code: string, file: string): string =>
  createInstrumenter({ esModules: true, compact: false, coverageVariable: VARIABLE }).instrumentSync(code, file)

/** The counters of instrumented code, once it was loaded. They are put into one array, which is quick to look through. */
export function countersOf(file: string): Counters {
  const coverage = (Reflect.get(globalThis, VARIABLE) as Record<string, Coverage> | undefined)?.[file]
  if (coverage === undefined) throw new Error(`${file} has no counters: it was not loaded.`)
  const branches = Object.values(coverage.b).map(({ length }) => length)
  const sizes = [Object.keys(coverage.s).length, Object.keys(coverage.f).length, ...branches]
  const counts = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0))
  const known = new Uint32Array(counts.length)
  let start = 0
  const [statements, functions, ...rest] = sizes.map((size) => {
    start += size
    return counts.subarray(start - size, start)
  })
  Object.assign(coverage, { s: statements, f: functions, b: rest })
  return {
    reset: () => void counts.fill(0),
    news: () => countNews(counts, known),
    total: counts.length,
    reached: () => known.reduce((sum, bits) => sum + (bits > 0 ? 1 : 0), 0),
  }
}

/** A counter is news for each power of two that it reaches for the first time. */
function countNews(counts: Uint32Array, known: Uint32Array): number {
  let news = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0
    if (count === 0) continue
    const bit = 1 << (31 - Math.clz32(count))
    const before = known[at] ?? 0
    if ((before & bit) !== 0) continue
    known[at] = before | bit
    news += 1
  }
  return news
}

/** The parsers of other packages that are worth counting too. */
const COUNTED = {
  saxes: './node_modules/saxes/saxes.js',
  'lossless-json': './node_modules/lossless-json/lib/esm/index.js',
}

/** Packages in CommonJS that are bundled ask for others. */
const BANNER =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url)"

/** Bundles a source file with ours, instruments it, and gives the path of the result, which is also the name of its counters. */
export async function buildInstrumented(file: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    packages: 'external',
    alias: COUNTED,
    banner: { js: BANNER },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  })
  writeFileSync(outfile, instrument(readFileSync(outfile, 'utf8'), outfile))
  return outfile
}
