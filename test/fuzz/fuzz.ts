import type { Counters } from './coverage.ts'
import { type Draw, drawFrom, mutate, pump } from './mutate.ts'
import { type Reader, requireCleanPrototypes } from './reader.ts'

/** An input that a reader did not keep its promises for. `kind` is the same for the same mistake. */
export interface Finding {
  readonly kind: string
  /** The error, or its description. */
  readonly reason: unknown
  readonly input: Buffer
}

/** How long to go on, and from which inputs. */
export interface Plan {
  readonly runs: number
  /** When to stop at the latest, in milliseconds from the start. */
  readonly milliseconds?: number
  readonly seed: number
  readonly corpus: readonly Buffer[]
  /** Guides the choice of inputs; without it every input is a mutation of the corpus. */
  readonly counters?: Counters
  readonly onProgress?: (runs: number, corpus: readonly Buffer[]) => void
}

/** The outcome: inputs that reached something new, and findings, one of a kind. */
export interface Fuzzed {
  readonly runs: number
  readonly milliseconds: number
  readonly corpus: readonly Buffer[]
  readonly findings: readonly Finding[]
}

/** One run in so many reads a long input that repeats a part of another. */
const PUMP_EVERY = 500
const PUMPED_BYTES = 32 * 1024
const PROGRESS_EVERY = 50_000

/** Feeds a reader inputs that are mutations of those that reached something new. */
export async function fuzz(reader: Reader, plan: Plan): Promise<Fuzzed> {
  const { counters, seed, milliseconds = Number.POSITIVE_INFINITY } = plan
  const draw = drawFrom(seed)
  const corpus: Buffer[] = []
  const findings = new Map<string, Finding>()
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const run = async (input: Buffer) => {
    counters?.reset()
    const finding = await tryInput(reader, input)
    if (finding && !findings.has(finding.kind)) findings.set(finding.kind, finding)
    return counters === undefined || counters.news() > 0
  }
  for (const input of [...reader.seeds.map((text) => Buffer.from(text)), ...plan.corpus])
    if (await run(input)) corpus.push(input)
  let runs = corpus.length
  for (; runs < plan.runs && elapsed() < milliseconds; runs++) {
    const input = nextInput(reader, corpus, draw, runs)
    if ((await run(input)) && counters && input.length <= reader.longest) corpus.push(input)
    if (runs % PROGRESS_EVERY === 0) plan.onProgress?.(runs, corpus)
  }
  return { runs, milliseconds: elapsed(), corpus, findings: [...findings.values()] }
}

/** Half of the time one of the latest 50 is taken: they lead on. */
function nextInput(reader: Reader, corpus: readonly Buffer[], draw: Draw, run: number): Buffer {
  const isLate = draw(2) === 0
  const at = isLate ? corpus.length - 1 - draw(Math.min(50, corpus.length)) : draw(corpus.length)
  const input = corpus[at] ?? Buffer.alloc(0)
  if (run % PUMP_EVERY === PUMP_EVERY - 1) return pump(input, draw, PUMPED_BYTES)
  return mutate(input, draw, { words: reader.words, inputs: corpus }, reader.longest)
}

/** Milliseconds of CPU time that any input may take, and microseconds for each byte: some 20 times the need of the slowest reader. */
const BASE_MS = 100
const BYTE_US = 40
/** How often a slow input is tried: the first reading may compile what the others use. */
const TRIES = 4

/** Reads one input; gives what is wrong. */
export async function tryInput(reader: Reader, input: Buffer): Promise<Finding | undefined> {
  const limit = BASE_MS + (input.length * BYTE_US) / 1000
  try {
    for (let tries = 1; (await timeOf(reader, input)) > limit; tries++)
      if (tries === TRIES) return { kind: 'slow', reason: `more than ${limit} ms for ${input.length} bytes`, input }
    requireCleanPrototypes()
    return undefined
  } catch (error) {
    return { kind: kindOf(error), reason: error, input }
  }
}

/** The CPU time of one reading, in milliseconds: other work of the machine does not count. */
async function timeOf({ read }: Reader, input: Buffer): Promise<number> {
  const started = process.cpuUsage()
  // Most readers give no promise, and to wait for nothing costs more than to read.
  const reading = read(input)
  if (reading) await reading
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1_000
}

/** The message without its details. */
const kindOf = (error: unknown) =>
  String(error)
    .split('\n')[0]
    ?.replaceAll(/["'`].*|\d+|[:{[(].{12}.*/g, '')
    .slice(0, 100) ?? ''

/** Leaves out bytes, and then puts plain ones in their place, as long as the input is of the same kind. */
export async function shrinkInput(reader: Reader, { kind, input }: Finding): Promise<Buffer> {
  const fails = async (bytes: Buffer) => (await tryInput(reader, bytes))?.kind === kind
  let kept = input
  for (let size = Math.ceil(input.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let start = 0; start < kept.length; ) {
      const rest = Buffer.concat([kept.subarray(0, start), kept.subarray(start + size)])
      if (await fails(rest)) kept = rest
      else start += size
    }
  return kept
}
