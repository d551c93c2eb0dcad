import type { Answer } from '../../../src/http/answers/answer.ts'
import { loadDocument } from '../../../src/openapi/load-document.ts'
import { pathOf } from '../../../src/openapi/package-files.ts'
import { differenceOf, meaningOf } from './meaning.ts'
import type { Placed } from './place.ts'
import { createPlayer, type Player, type Reply } from './player.ts'
import { type RunningMutant, runMutant } from './run-mutant.ts'
import type { Step } from './step.ts'

/** A session as the plain server answered it. */
export interface Recorded {
  readonly steps: readonly Step[]
  readonly replies: readonly Reply[]
  /** How often the code of each mutant ran, the start included. */
  readonly hits: Int32Array
}

/** The outcome of a session on a mutant. */
export type Played =
  | { readonly kind: 'same'; readonly hits: Int32Array }
  | { readonly kind: 'no start' }
  | { readonly kind: 'differs'; readonly at: number; readonly step: Step; readonly difference: string }

const { operations } = loadDocument(pathOf('openapi.yaml'))
const OPERATIONS = new Map(operations.map((operation) => [operation.id as string, operation]))

/** How long an answer may take, in milliseconds, at first and when its absence is looked at again. */
export type Patience = readonly [first: number, again: number]
export const PATIENCE: Patience = [1000, 4000]

const copyOf = (hits: Int32Array) => Int32Array.from(hits)

/** Plays a session on the plain server. */
export async function record(placed: Placed, steps: readonly Step[]): Promise<Recorded> {
  const running = await runMutant(placed, [])
  if (running === undefined) throw new Error(`${placed.id} does not start.`)
  const player = createPlayer(running.url, PATIENCE[1])
  const replies: Reply[] = []
  for (const step of steps) replies.push(await player.play(step))
  await end(player, running)
  return { steps, replies, hits: copyOf(running.hits) }
}

/** Plays a session on a server with these mutants, up to the first answer that is not as right as the recorded one. */
export async function replay(
  placed: Placed,
  on: readonly number[],
  recorded: Recorded,
  [first, again]: Patience = PATIENCE,
): Promise<Played> {
  const played = await replayOnce(placed, on, recorded, first)
  const isLate = played.kind === 'differs' && played.difference.includes('no answer')
  return isLate ? replayOnce(placed, on, recorded, again) : played
}

async function replayOnce(
  placed: Placed,
  on: readonly number[],
  recorded: Recorded,
  patience: number,
): Promise<Played> {
  const running = await runMutant(placed, on)
  if (running === undefined) return { kind: 'no start' }
  const player = createPlayer(running.url, patience)
  const found = await firstDifference(player, recorded)
  await end(player, running)
  return found ?? { kind: 'same', hits: copyOf(running.hits) }
}

async function firstDifference(player: Player, { steps, replies }: Recorded): Promise<Played | undefined> {
  for (const [at, step] of steps.entries()) {
    const [expected, reply] = [replies[at], await player.play(step)]
    const difference = expected && !isSame(expected, reply) ? compare(step, expected, reply) : undefined
    if (difference !== undefined) return { kind: 'differs', at, step, difference }
  }
  return undefined
}

function compare(step: Step, expected: Reply, reply: Reply): string | undefined {
  const operation = OPERATIONS.get(step.operation)
  return differenceOf(meaningOf({ step, ...expected }, operation), meaningOf({ step, ...reply }, operation))
}

/** Cheap check before the rules: most answers are the same to the byte. */
const isSame = ({ answer: one }: Reply, { answer: other, isNameless }: Reply) =>
  one !== undefined &&
  !isNameless &&
  one.status === other?.status &&
  headersOf(one) === headersOf(other) &&
  one.bytes.equals(other.bytes)

const headersOf = ({ headers }: Answer) => JSON.stringify({ ...headers, date: '' })

async function end(player: Player, { stop }: RunningMutant): Promise<void> {
  player.close()
  await stop()
}
